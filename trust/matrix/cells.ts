import { ACCESS, may, type Relation } from '#operations/access.ts'
import type { OperationName } from '#operations/declared/catalogue.ts'
import { chance } from '#test/chance.ts'
import type { Operation } from '../caller/document.ts'
import type { Answer } from '../caller/exchange.ts'
import type { Drawing } from '../caller/fitting.ts'
import type { House } from '../caller/house.ts'
import { type Draft, draftFor } from '../caller/request.ts'
import { type Actor, drawingFor } from './actors.ts'
import type { Model, Row } from './model.ts'
import { sees } from './seeing.ts'
import { linksAt, relationsTo, type Subject, subjectOf, tableBefore } from './standing.ts'

/** What the table of permissions says that somebody who asks for something has to hear. */
export type Verdict = 'yes' | 'no' | 'not there'

/** Somebody asks for something that they stand to in one way. */
export type Cell = Judged & { operation: Operation; actor: Actor; drawing: Drawing; draft: Draft }

/** `how`: by which of the relations that the verb asks for. */
type Judged = { verdict: Verdict; how: readonly Relation[] }

/** Every relation that a verb's row in the table of permissions asks for. */
export function askedBy({ name }: Operation): Relation[] {
  const row = ACCESS[name as OperationName]
  return [row.administrator, row.member, row.guest].flatMap((cell) => (typeof cell === 'string' ? [] : [...cell]))
}

/** One cell for each way in which somebody stands to what the verb can be about. */
export function cellsOf(
  house: House,
  model: Model,
  operation: Operation,
  actor: Actor,
  lot: number,
  sparse: boolean,
): Cell[] {
  const seen = new Map<string, Cell>()
  for (const [index, row] of subjectsOf(model, operation, lot).entries()) {
    const drawing = { ...drawingFor(house, operation, actor, lot + index), sparse }
    const draft = about(model, draftFor(drawing), row?.id)
    const judged = verdictOn(model, operation, actor, draft)
    const key = keyOf(judged)
    if (!seen.has(key)) seen.set(key, { ...judged, operation, actor, drawing, draft: seeingNothing(draft) })
  }
  return [...seen.values()]
}

/** The same request about a certain row; what takes away what leads on from it names one that is there. */
export function about(model: Model, draft: Draft, id: string | undefined): Draft {
  const { operation } = draft
  const [first, second] = operation.params
  if (id === undefined || first?.name !== 'id') return draft
  const params = { ...draft.params, id }
  const [link] = operation.method === 'DELETE' ? linksAt(model, operation, id) : []
  return { ...draft, params: second && link ? { ...params, [second.name]: link.to_id } : params }
}

/** Two that are judged alike for the same reason are one cell. */
export function keyOf({ verdict, how }: Judged): string {
  return [verdict, ...how].join(' ')
}

/** By a version that nothing has: whoever may is told that, and nothing is done. */
function seeingNothing(draft: Draft): Draft {
  return draft.operation.ifMatch === 'none' ? draft : { ...draft, headers: { 'if-match': '"0"' } }
}

/** Everything of the noun in its path, by lot; or once nothing in particular. */
function subjectsOf(model: Model, operation: Operation, lot: number): (Row | undefined)[] {
  const [param] = operation.params
  if (param?.name !== 'id') return Array.from({ length: param ? 12 : 1 }, () => undefined)
  const draw = chance(lot)
  const rows = model.rows(tableBefore(operation, '{id}'))
  return rows
    .map((row) => ({ row, at: draw.below(1e9) }))
    .sort((a, b) => a.at - b.at)
    .map(({ row }) => row)
}

export function verdictOn(model: Model, operation: Operation, { me }: Actor, draft: Draft): Judged {
  const asked = askedBy(operation)
  const subject = subjectOf(model, me, draft, asked)
  if (operation.params.length > 0 && !isThere(model, me, operation, subject)) return { verdict: 'not there', how: [] }
  const relations = subject ? relationsTo(model, me, subject) : []
  const allowed = may(operation.name as OperationName, me, relations)
  return { verdict: allowed === 'no' ? 'no' : 'yes', how: relations.filter((one) => asked.includes(one)) }
}

function isThere(model: Model, me: Actor['me'], { path }: Operation, subject: Subject | undefined): boolean {
  if (!subject) return false
  const { table, row, link } = subject
  // What lies above may have become private: it can be left, and not be agreed to.
  const toSee = link && (link.row === null || path.endsWith('/accept')) ? [row, link.above] : [row]
  return toSee.every((one) => sees(model, me, table, one))
}

/** A batch that was let in, and refused for a call of it. */
function isWithin({ status, body }: Answer): boolean {
  const { errors } = (body ?? {}) as { errors?: { pointer: string }[] }
  return status === 403 && errors?.[0]?.pointer.startsWith('/calls/') === true
}

/** Whether an answer says nothing about leave: something else that the request names was looked at first. */
export function isBeside({ verdict, draft }: Cell, { status }: Answer): boolean {
  const namesOthers = /[0-9a-f]{8}-[0-9a-f]{4}-/.test(JSON.stringify(draft.body ?? null))
  return (
    status === 400 ||
    (status === 404 && verdict !== 'not there' && (namesOthers || draft.operation.params.length === 0))
  )
}

/** In what an answer differs from the verdict. */
export function faultsOf(cell: Cell, answer: Answer): string[] {
  const { status, text } = answer
  const { operation, actor, verdict, how } = cell
  const fits = {
    yes: (status !== 401 && status !== 403 && status !== 404) || isWithin(answer),
    no: status === 403,
    'not there': status === 404,
  }[verdict]
  if (fits) return []
  const expected = { yes: 'may', no: 'may not', 'not there': 'sees nothing there' }[verdict]
  return [
    `${operation.name} by ${actor.name} (${actor.me.role}), as ${how.join(' and ') || 'nobody in particular'}: ${expected}, and heard ${status} ${text.slice(0, 300)}`,
  ]
}
