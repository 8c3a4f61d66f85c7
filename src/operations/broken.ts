import type { KeyResultId, ObjectiveId, PersonId } from '#domain/id.ts'
import type { State } from '#domain/roll-up.ts'
import type { AlsoSupports } from '#store/also-supports.ts'
import { type KeyResultWithFigures, loadKeyResults } from '#store/key-results.ts'
import type { Alignment, Contribution } from '#store/links.ts'
import { listObjectives, type ObjectiveWithFigures, seenAmong } from '#store/objectives.ts'
import { may } from './access.ts'
import { endsOf, endsOfContribution, relationsToLink } from './ends.ts'
import { keyResultsSeen } from './key-result-view.ts'
import type { Context } from './operation.ts'
import { relationsToObjective } from './relations.ts'

/** A link that a change would break, and the rule that it would break. */
export type Broken = { rule: string } & (
  | { kind: 'alignment'; link: Alignment }
  | { kind: 'contribution'; link: Contribution }
  | { kind: 'also-supports'; link: AlsoSupports }
)

/** One of its ends: what it is called, whether the caller sees it, and whose it is. */
type End = { title: string; state: State; seen: boolean; whoseId: PersonId }

/** A broken link with both ends, and whether the caller may end it. */
export type Known = Broken & { below: End; above: End; mayEnd: boolean }

/** What is to be known of broken links before anything is said of them. */
export async function knowing(context: Context, broken: readonly Broken[]): Promise<Known[]> {
  if (broken.length === 0) return []
  const objectives = await objectivesIn(context, broken)
  const keyResults = await keyResultsIn(context, broken)
  const known: Known[] = []
  for (const one of broken) {
    const between = one.kind === 'contribution' ? keyResults : objectives
    const below = between.endOf(one.link.fromId)
    const mayEnd = below.seen && (await between.mayEnd(one))
    known.push({ ...one, below, above: between.endOf(one.link.toId), mayEnd })
  }
  return known
}

async function objectivesIn(context: Context, broken: readonly Broken[]) {
  const ids = [
    ...new Set(broken.flatMap((one) => (one.kind === 'contribution' ? [] : [one.link.fromId, one.link.toId]))),
  ]
  const rows = await listObjectives(context.tx, null, { ids }, { limit: ids.length })
  const byId = new Map(rows.map((row) => [row.id as string, row]))
  const seen: ReadonlySet<string> = await seenAmong(context.tx, context.actor, ids)
  const row = (id: string) => byId.get(id) as ObjectiveWithFigures
  return {
    endOf: (id: ObjectiveId | KeyResultId): End => {
      const { title, state, leadId } = row(id)
      return { title, state, seen: seen.has(id), whoseId: leadId }
    },
    mayEnd: async ({ kind, link }: Broken) => {
      const below = row(link.fromId)
      if (kind === 'also-supports')
        return may('objectives.end-also-support', context.actor, await relationsToObjective(context, below)) !== 'no'
      const ends = await endsOf(context, below, row(link.toId))
      return may('objectives.end-alignment', context.actor, relationsToLink(ends)) !== 'no'
    },
  }
}

async function keyResultsIn(context: Context, broken: readonly Broken[]) {
  const ids = [
    ...new Set(broken.flatMap((one) => (one.kind === 'contribution' ? [one.link.fromId, one.link.toId] : []))),
  ]
  const byId: ReadonlyMap<string, KeyResultWithFigures> = await loadKeyResults(context.tx, ids)
  const seen: ReadonlySet<string> = await keyResultsSeen(context, ids)
  const row = (id: string) => byId.get(id) as KeyResultWithFigures
  return {
    endOf: (id: ObjectiveId | KeyResultId): End => {
      const { title, state, ownerId } = row(id)
      return { title, state, seen: seen.has(id), whoseId: ownerId }
    },
    mayEnd: async ({ link }: Broken) => {
      const ends = await endsOfContribution(context, row(link.fromId), row(link.toId))
      return may('key-results.end-contribution', context.actor, relationsToLink(ends)) !== 'no'
    },
  }
}
