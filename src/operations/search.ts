import { invalid } from '#domain/problem.ts'
import { snippetOf, wordsOf } from '#domain/search.ts'
import { findHits, type Hit, wordsAsked } from '#store/search.ts'
import * as declared from './declared/search.ts'
import { reading } from './operation.ts'
import { asked, paged } from './page.ts'

export const search = reading(declared.search, {
  run: async ({ tx, actor }, { query }) => {
    const words = await wordsAsked(tx, query.q)
    if (words.length === 0) invalid('#/query/q', 'search.no-word')
    const { after, limit } = asked(query)
    const hits = await findHits(tx, actor, { words, noun: query.noun ?? null }, { after, limit })
    const wanted = wordsOf(query.q)
    return paged(
      hits,
      query.limit,
      (hit) => hitView(hit, wanted),
      (hit) => hit.id,
    )
  },
})

function hitView({ body, keyResultTitle, objectiveId, objectiveTitle, ...hit }: Hit, wanted: readonly string[]) {
  const { noun, id, updatedAt } = hit
  const title = hit.title ?? keyResultTitle ?? objectiveTitle ?? ''
  const objective = objectiveId === null ? null : { id: objectiveId, title: objectiveTitle ?? '' }
  return { noun, id, title, snippet: snippetOf([hit.title, body], wanted), objective, updatedAt }
}
