import type { Answer } from '#domain/already.ts'
import type { KeyResultId, PersonId } from '#domain/id.ts'
import { breaks, type Call, type FieldError, type Reason, type Repair } from '#domain/problem.ts'
import type { Contribution } from '#store/links.ts'
import { type Person, peopleAmong } from '#store/people.ts'
import { type Broken, type Known, knowing } from './broken.ts'
import { lastValueOf, mayCorrectOwn } from './correcting.ts'
import { placesOf } from './counting.ts'
import { CALLS_AT_MOST } from './declared/shape.ts'
import type { WriteContext } from './operation.ts'
import { isActive } from './resolve.ts'

/**
 * Names every link that a change would break, and asks: end them, or leave it. What is private to others is counted and
 * not named. Where the caller may end all of them, that and the change they wanted is one call, ready to be sent; else
 * it says whom to ask. A draft out of sight counts towards nothing: it meets the rule when it is published, and so does
 * one that an undo puts back as it was.
 */
export async function assertNoneBreaks(
  context: WriteContext,
  pointer: string,
  broken: readonly Broken[],
): Promise<void> {
  const isLeft = ({ state, seen }: Known['below']) => state === 'draft' && (!seen || context.undoesId !== null)
  const once = [...new Map(broken.map((one) => [one.link.id, one])).values()]
  const known = (await knowing(context, once)).filter((one) => ![one.below, one.above].some(isLeft))
  const [first] = known
  if (!first) return
  const named = known.filter(({ below }) => below.seen)
  const hidden = known.length - named.length
  const toAsk = await whomToAsk(context, named)
  const count = known.length
  breaks(
    first.rule,
    'would-break',
    { count },
    {
      errors: errorsOf(pointer, named, hidden, toAsk),
      details: { links: named.map((one) => told(one, toAsk)), hidden },
      repairs: named.length === count && named.every(({ mayEnd }) => mayEnd) ? await waysToEnd(context, named) : [],
    },
  )
}

type Asked = ReadonlyMap<PersonId, Person>

/** Whoever speaks for an end of what the caller may not end, as far as they are still there. */
async function whomToAsk({ tx, today }: WriteContext, named: readonly Known[]): Promise<Asked> {
  const ids = named.flatMap((one) => (one.mayEnd ? [] : [one.below, one.above].filter(({ seen }) => seen)))
  const people = await peopleAmong(tx, [...new Set(ids.map(({ whoseId }) => whoseId))])
  return new Map([...people].filter(([, person]) => isActive(person, today)))
}

function errorsOf(pointer: string, named: readonly Known[], hidden: number, toAsk: Asked): FieldError[] {
  const links: Reason[] = named.slice(0, SAID_AT_MOST).map(({ kind, below, above }) => ({
    key: `breaking.${kind}`,
    values: { below: below.title, above: above.seen ? above.title : '…' },
  }))
  const names = [...toAsk.values()].map(({ name }) => name).join(', ')
  const helpless = named.some(({ mayEnd }) => !mayEnd)
  const ask: Reason = names ? { key: 'breaking.ask', values: { names } } : { key: 'breaking.ask-administrator' }
  const more: Reason = { key: 'breaking.hidden', values: { count: hidden } }
  const said = [...links, ...(helpless ? [ask] : []), ...(hidden > 0 ? [more] : [])]
  return said.map((reason) => ({ pointer, reason }))
}

/** All of them are in the details; a person reads so many. */
const SAID_AT_MOST = 50

function told({ kind, link, below, above, mayEnd }: Known, toAsk: Asked) {
  const ask = mayEnd ? [] : [below, above].flatMap(({ seen, whoseId }) => (seen && toAsk.get(whoseId)) || [])
  return {
    kind,
    id: link.id,
    fromId: link.fromId,
    toId: above.seen ? link.toId : null,
    below: below.title,
    above: above.seen ? above.title : null,
    mayEnd,
    ask: ask.map(({ id, name }) => ({ id, name })),
  }
}

/**
 * One call that ends them all, `besides` what else is in the way, and then does what was wanted. Where reports contain
 * what a contribution adds, or may, two: one for each answer. What cannot be part of a batch (an undo) is to be done
 * again by the caller.
 */
export async function waysToEnd(
  context: WriteContext,
  named: readonly Known[],
  besides: readonly Call[] = [],
): Promise<Repair[]> {
  const asking = new Set<Known>()
  const stays = new Map<KeyResultId, bigint>()
  for (const one of named) {
    if (one.kind !== 'contribution' || !(await mayBeAsked(context, one.link))) continue
    asking.add(one)
    for (const { parent, parts } of await placesOf(context, { ended: one.link, begun: null }))
      stays.set(parent.id, (stays.get(parent.id) ?? 0n) + (parts.ending ?? 0n))
  }
  const { call, reason } = context
  const key = call ? 'repair.end-links' : 'repair.end-links-first'
  const answers: (Answer | undefined)[] = asking.size > 0 ? ['additional'] : [undefined]
  if (asking.size > 0 && (await mayStay(context, stays))) answers.unshift('included')
  return answers.flatMap((already) => {
    const calls = ORDER.flatMap((kind) =>
      named.filter((one) => one.kind === kind).map((one) => endOf(one, reason, asking.has(one) ? already : undefined)),
    )
    const ending = [...besides, ...calls]
    const all = call ? [...ending, call] : ending
    if (all.length > CALLS_AT_MOST) return []
    return [
      {
        method: 'POST',
        path: '/v1/changes',
        body: { calls: all, ...(reason === null ? {} : { reason }) },
        reason: { key: already ? `${key}.${already}` : key, values: { count: ending.length } },
      },
    ]
  })
}

/** It ends before the change that is read here was made, under the measures of then: answered too often is no harm. */
async function mayBeAsked(context: WriteContext, { rollUp, counts, toId }: Contribution): Promise<boolean> {
  return rollUp === 'sum' && counts && (await lastValueOf(context, toId)) !== null
}

/** A baseline is a report as well: what stays in it may leave nothing to do from there. */
async function mayStay(context: WriteContext, stays: ReadonlyMap<KeyResultId, bigint>): Promise<boolean> {
  for (const [parentId, by] of stays) if (!(await mayCorrectOwn(context, parentId, by))) return false
  return true
}

/** What contributes over an alignment ends before it. */
const ORDER = ['contribution', 'also-supports', 'alignment'] as const

function endOf({ kind, link, above }: Known, reason: string | null, already: Answer | undefined): Call {
  const body = { ...(reason === null ? {} : { reason }), ...(already ? { already } : {}) }
  const headers = { 'if-match': '*' }
  switch (kind) {
    case 'contribution':
      return { method: 'POST', path: `/v1/key-results/${link.fromId}/contribution/end`, headers, body }
    case 'alignment':
      return { method: 'POST', path: `/v1/objectives/${link.fromId}/alignment/end`, headers, body }
    case 'also-supports':
      return {
        method: 'DELETE',
        path: `/v1/objectives/${link.fromId}/also-supports/${above.seen ? link.toId : link.id}`,
        headers,
        body,
      }
  }
}
