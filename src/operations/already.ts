import { type Already, type Answer, type Answers, answersIn, correctionBy } from '#domain/already.ts'
import { decimal } from '#domain/decimal.ts'
import type { KeyResultId } from '#domain/id.ts'
import { isFrozen } from '#domain/life.ts'
import { type Reason, type Repair, refuse, type Values } from '#domain/problem.ts'
import { mayCorrectOwn } from './correcting.ts'
import { movesBy, type Place, placesOf, type Turn } from './counting.ts'
import { keyResultsSeen } from './key-result-view.ts'
import type { WriteContext } from './operation.ts'

/**
 * By how much the reports of which parents are to be corrected, where links end or begin to count. Where the answer is
 * missing it is asked for: with by how much the parent would move for each, and both as calls that are ready.
 */
export async function correctionsFor(
  context: WriteContext,
  turns: readonly Turn[],
  already: Already | undefined,
): Promise<[KeyResultId, bigint][]> {
  const answers = answersIn(already)
  const places: Place[] = []
  for (const turn of turns) places.push(...(await placesOf(context, turn)))
  const open = places.filter(
    ({ parts }) => isOpen(parts.ending, answers.ending) || isOpen(parts.beginning, answers.beginning),
  )
  if (open.length > 0) await ask(context, open, answers)
  return places.map(({ parent, parts }) => [parent.id, correctionBy(parts, answers)])
}

function isOpen(part: bigint | null, answer: Answer | undefined): boolean {
  return part !== null && answer === undefined
}

type Asked = { place: Place; moment: 'begin' | 'end' | 'change'; seen: boolean; included: bigint; additional: bigint }

async function ask(context: WriteContext, open: readonly Place[], answers: Answers): Promise<never> {
  const seen = await keyResultsSeen(
    context,
    open.map(({ parent }) => parent.id),
  )
  const asked: Asked[] = []
  for (const place of open) {
    const [included, additional] = [
      await movesBy(context, place, filled(answers, 'included')),
      await movesBy(context, place, filled(answers, 'additional')),
    ]
    asked.push({ place, moment: momentOf(place), seen: seen.has(place.parent.id), included, additional })
  }
  const [first, second] = asked as [Asked, Asked?]
  const apart = second !== undefined && first.moment !== second.moment
  refuse({
    kind: 'invalid',
    rule: 'already-asked',
    ...(apart ? { reason: { key: 'contribution.already.both' }, repairs: bothAnswers(context, first, second) } : {}),
    ...(second && !apart ? await several(context, asked) : {}),
    ...(second ? {} : { reason: reasonOf(first), repairs: await answersTo(context, first, answers) }),
    errors: asked.map((one) => ({ pointer: apart ? pointerOf(one) : '/already', reason: reasonOf(one) })),
    details: { asked: asked.map(told) },
  })
}

/** Of several children, all of which begin or end to count, one word is said. */
async function several(context: WriteContext, asked: readonly Asked[]) {
  const values = { count: asked.length }
  const { moment } = asked[0] as Asked
  const repairs = ANSWERS.flatMap((answer) =>
    again(context, answer, { key: `repair.already.${moment}.${answer}.several`, values }),
  )
  return { reason: { key: `contribution.already.${moment}.several`, values }, repairs }
}

const ANSWERS = ['included', 'additional'] as const

function momentOf({ parts }: Place): Asked['moment'] {
  if (parts.ending === null) return 'begin'
  return parts.beginning === null ? 'end' : 'change'
}

function pointerOf({ moment }: Asked): string {
  return moment === 'begin' ? '/already/beginning' : '/already/ending'
}

/** What was answered stays; the rest is answered so. */
function filled({ ending, beginning }: Answers, answer: Answer): { ending: Answer; beginning: Answer } {
  return { ending: ending ?? answer, beginning: beginning ?? answer }
}

/** Of a parent that is private to others neither its reports nor its name are said; a frozen one moves later. */
function reasonOf({ place, moment, seen, ...moves }: Asked): Reason {
  if (!seen) return { key: `contribution.already.${moment}.private` }
  const { parts, reported, parent } = place
  const values: Values = {
    part: decimal((moment === 'end' ? parts.ending : parts.beginning) ?? 0n),
    ...(moment === 'change' ? { former: decimal(parts.ending ?? 0n) } : {}),
    reported: decimal(reported),
    included: decimal(moves.included),
    additional: decimal(moves.additional),
  }
  if (isFrozen(parent.state))
    return { key: `contribution.already.${moment}.frozen`, values: { ...values, state: parent.state } }
  return { key: `contribution.already.${moment}`, values }
}

function told(one: Asked) {
  const { moment, place, seen } = one
  if (!seen) return { moment, keyResultId: null, title: null }
  return { moment, keyResultId: place.parent.id, title: place.parent.title, ...reasonOf(one).values }
}

/** Both, but for one that a baseline does not allow: the report that is corrected may be what it stands on. */
async function answersTo(context: WriteContext, one: Asked, given: Answers): Promise<Repair[]> {
  const partly = given.ending !== undefined || given.beginning !== undefined
  const kind = one.seen ? (isFrozen(one.place.parent.state) ? '.frozen' : '') : '.private'
  const { parent, parts } = one.place
  const repairs: Repair[] = []
  for (const answer of ANSWERS) {
    const values: Values = kind === '' ? { moves: decimal(one[answer]) } : {}
    const reason = { key: `repair.already.${one.moment}.${answer}${kind}`, values }
    if (await mayCorrectOwn(context, parent.id, correctionBy(parts, filled(given, answer))))
      repairs.push(...again(context, partly ? filled(given, answer) : answer, reason))
  }
  return repairs
}

/** Where it leaves one parent for another, four: the two that one word says come first. */
function bothAnswers(context: WriteContext, first: Asked, second: Asked): Repair[] {
  const titleOf = ({ seen, place }: Asked) => (seen ? place.parent.title : '…')
  const values = { former: titleOf(first), parent: titleOf(second) }
  const answers: Already[] = [
    'included',
    'additional',
    { ending: 'included', beginning: 'additional' },
    { ending: 'additional', beginning: 'included' },
  ]
  return answers.flatMap((already) => {
    const { ending, beginning } = answersIn(already)
    return again(context, already, { key: `repair.already.both.${ending}-${beginning}`, values })
  })
}

/** The same call, answered. */
function again({ call }: WriteContext, already: Already, reason: Reason): Repair[] {
  return call ? [{ ...call, body: { ...(call.body as object), already }, reason }] : []
}
