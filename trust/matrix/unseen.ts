import type { Operation } from '../caller/document.ts'
import type { Answer } from '../caller/exchange.ts'
import type { Drawing } from '../caller/fitting.ts'
import { type Draft, draftFor } from '../caller/request.ts'
import { type Actor, drawingFor, some } from './actors.ts'
import type { Model } from './model.ts'
import { type Position, placed, positionsIn } from './positions.ts'
import { sees } from './seeing.ts'
import type { Stage } from './stage.ts'
import { tableBefore } from './standing.ts'

/** Like any other id, and borne by nothing; another one for each place. */
const absent = (index: number) => `01a20e0f-a990-73a7-8338-9d7a962742${String(index).padStart(2, '0')}`

/** Who does not see much, and who may do much and yet does not see everything. */
const WHO = ['ben', 'gro', 'a service (administrator)']

/**
 * For each place in a request that can name something: an id of another organization, of somebody's draft, of what is
 * private; and all places at once. Each is answered as an id that nothing bears.
 */
export async function askForUnseen(stage: Stage, operation: Operation, lot: number, callers: number): Promise<void> {
  const blind = stage.actors.filter(({ name }) => WHO.includes(name))
  for (const actor of some(blind, callers, lot)) {
    for (const { hidden, nothing, ids, what } of pairsOf(stage, operation, actor, lot)) {
      const [one, other] = [await stage.ask(hidden, actor), await stage.ask(nothing, actor)]
      const [told, expected] = [one, other].map((answer) =>
        plain(operation, answer, [...ids, ...ids.map((_, index) => absent(index))]),
      )
      stage.counts.pairs++
      if (told !== expected)
        stage.broken.push(
          `${operation.name} by ${actor.name}, with ${what}: ${told}, and with what is not there: ${expected}`,
        )
    }
  }
}

/** The same request twice: once with what the caller does not see, once with what is not there at all. */
type Pair = { hidden: Draft; nothing: Draft; ids: string[]; what: string }

function pairsOf(stage: Stage, operation: Operation, actor: Actor, lot: number): Pair[] {
  const drawing = { ...drawingFor(stage.house, operation, actor, lot), sparse: true }
  const drawn = draftFor({ ...drawing, sparse: lot % 2 === 0 })
  const draft: Draft = { ...drawn, headers: operation.ifMatch === 'none' ? {} : { 'if-match': '"0"' } }
  const places = positionsIn(stage.house.document, operation).map((position, index) => {
    const table = tableFor(stage.own, drawing, position)
    return { position, hidden: hiddenIn(stage, actor, table, lot + index) }
  })
  const pairs = places.flatMap(({ position, hidden }) => {
    const template = placed(drawing, draft, position, PLACE)
    return hidden.map(({ id, what }) =>
      pairFrom(leadingTo(stage, actor, template, id), [id], `${what} as ${position.place} ${position.field}`),
    )
  })
  if (places.length < 2) return pairs
  const some = places.flatMap(({ position, hidden: [one] }) => (one ? [{ position, id: one.id }] : []))
  const template = some.reduce((all, { position }, index) => placed(drawing, all, position, PLACE + index), draft)
  return [
    ...pairs,
    pairFrom(
      template,
      some.map(({ id }) => id),
      'another organization’s in all places',
    ),
  ]
}

/** About something that the caller sees and that leads to what they do not, where a second id in the path names that. */
function leadingTo({ own }: Stage, { me }: Actor, template: Draft, id: string): Draft {
  const [first, second] = template.operation.params
  if (!first || !second) return template
  const link = own.rows(tableBefore(template.operation, `{${second.name}}`)).find(({ to_id }) => to_id === id)
  const table = tableBefore(template.operation, `{${first.name}}`)
  const from = link && own.find(table, link.from_id)
  const isPlaced = template.params[second.name] === PLACE && from && sees(own, me, table, from)
  return isPlaced ? { ...template, params: { ...template.params, [first.name]: from.id } } : template
}

/** Where an id is to stand; with a number behind it where there are several. */
const PLACE = 'an id stands here '

function pairFrom(template: Draft, ids: string[], what: string): Pair {
  const filled = (id: (index: number) => string): Draft => {
    const text = JSON.stringify([template.params, template.query, template.body ?? null])
    const said = text.replaceAll(new RegExp(`${PLACE}(\\d*)`, 'g'), (_, index: string) => id(Number(index)))
    const [params, query, body] = JSON.parse(said)
    return { ...template, params, query, body: template.body === undefined ? undefined : body }
  }
  return { hidden: filled((index) => ids[index] ?? absent(index)), nothing: filled(absent), ids, what }
}

/** What a position names, by what it was filled with before. */
function tableFor(own: Model, drawing: Drawing, { field }: Position): string {
  const id = drawing.memory.idFor(drawing.operation, field, drawing.draw)
  return (id && own.tableOf(id)) ?? 'objectives'
}

function hiddenIn({ own, other }: Stage, { me }: Actor, table: string, lot: number): { id: string; what: string }[] {
  const unseen = own.rows(table).filter((row) => !sees(own, me, table, row))
  const kinds = [
    { what: 'another organization’s', rows: other.rows(table) },
    { what: 'somebody’s draft', rows: unseen.filter(({ state }) => state === 'draft') },
    { what: 'what was thrown away', rows: unseen.filter(({ state }) => state === 'discarded') },
    { what: 'what is private', rows: unseen.filter(({ state }) => state !== 'draft' && state !== 'discarded') },
  ]
  return kinds.flatMap(({ what, rows }) => {
    const row = rows[lot % Math.max(rows.length, 1)]
    return row ? [{ id: row.id, what }] : []
  })
}

function plain({ method }: Operation, { status, text }: Answer, ids: readonly string[]): string {
  // Two things that were made are two things.
  if (status < 400 && method !== 'GET') return String(status)
  const said = ids.reduce((all, id) => all.replaceAll(id, 'what was named'), text)
  return `${status} ${said.replace(/"instance":"[^"]*"/, '').slice(0, 500)}`
}
