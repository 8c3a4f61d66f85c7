import { setTimeout as sleep } from 'node:timers/promises'
import { CATALOGUE, type OperationName } from '#operations/declared/catalogue.ts'
import { type Chance, chance } from '#test/chance.ts'
import type { Operation } from '../caller/document.ts'
import type { Answer, Line } from '../caller/exchange.ts'
import { explore } from '../caller/exploring.ts'
import type { Drawing } from '../caller/fitting.ts'
import { type House, openHouse } from '../caller/house.ts'
import { type Memory, openMemory } from '../caller/memory.ts'
import { mended } from '../caller/mended.ts'
import { type Draft, draftFor, rendered } from '../caller/request.ts'
import type { Found, Part, Suite } from '../suite.ts'
import { CUTS } from './cutting-proxy.ts'
import { type Lines, openLines } from './lines.ts'

/** So many write at once, each one thing after the other: what somebody did can be counted. */
const WRITERS = 8

/**
 * Every write is sent one to five times under its key, at once or one after another, to two servers, over lines that
 * are cut in all places, until an answer arrives. It is carried out once, and answered the same each time.
 */
export async function retries({ cluster, seed, from, count }: Part): Promise<Found> {
  const house = await openHouse(cluster)
  const lines = await openLines(house)
  const tally: Tally = { writes: 0, 'carried out': 0, sent: 0, cut: 0, 'in flight': 0 }
  const broken: string[] = []
  try {
    const memory = openMemory()
    await explore(house, memory, await house.keyOf('administrator'))
    // Their keys come last: nobody knows and revokes them.
    const keys = await Promise.all(Array.from({ length: WRITERS }, () => house.keyOf('administrator')))
    const rest = Array.from({ length: count }, (_, index) => from + index)
    const write = async (key: string) => {
      const { body } = await lines.whole.send({ method: 'GET', path: '/v1/me', headers: {}, body: undefined }, key)
      const writer: Writer = { house, memory, lines, tally, key, id: (body as { id: string }).id }
      for (let index = rest.shift(); index !== undefined && broken.length === 0; index = rest.shift())
        broken.push(...(await oneWrite(writer, index, chance(seed * 1_000_003 + index))))
    }
    await Promise.all(keys.map(write))
    return { counts: tally, broken }
  } finally {
    await lines.close()
    await house.close()
  }
}

type Tally = Record<'writes' | 'carried out' | 'sent' | 'cut' | 'in flight', number>
type Writer = { house: House; memory: Memory; lines: Lines; tally: Tally; key: string; id: string }
/** Check-ins, and every other verb that writes and whose answer can be kept. */
function someVerb({ operations }: House, draw: Chance): Operation {
  const kept = operations.filter(({ name, takesKey }) => takesKey && !CATALOGUE[name as OperationName].secret)
  const checkIn = kept.find(({ name }) => name === 'check-ins.make')
  return checkIn && draw.oneIn(2) ? checkIn : draw.pick(kept)
}

/** Tries until something is carried out; what is refused is read, and put right under another key. */
async function oneWrite(writer: Writer, index: number, draw: Chance): Promise<string[]> {
  const { house, memory } = writer
  const operation = someVerb(house, draw)
  const drawing = { document: house.document, operations: house.operations, operation, memory, draw }
  let draft: Draft = likeBefore(drawing) ?? draftFor(drawing)
  for (let time = 0; time < 3; time++) {
    const { answer, broken } = await sentAgainAndAgain(writer, draft, `write ${index}.${time}`, draw)
    if (broken.length > 0) return broken.map((one) => `write ${index}, ${told(draft)}: ${one}`)
    if (answer.status < 400) {
      memory.learn(operation, draft.params, answer.body)
      memory.done(draft)
      return await otherwise(
        writer,
        { ...draftFor(drawing), params: draft.params },
        draft,
        `write ${index}.${time}`,
        draw,
      )
    }
    draft = mended(drawing, draft, answer.body) ?? draftFor(drawing)
  }
  return []
}

/** Where it was done before it may be done again, with another thing in it. */
function likeBefore(drawing: Drawing): Draft | undefined {
  const { operation, memory, draw } = drawing
  const before = draw.oneIn(4) ? undefined : memory.likeBefore(operation, draw)
  if (before === undefined) return undefined
  const { body } = draftFor(drawing)
  const [field] = Object.entries(body as object).filter(([name]) => name in (before.body as object))
  return { ...before, body: { ...(before.body as object), ...(field ? Object.fromEntries([field]) : {}) } }
}

async function sentAgainAndAgain(writer: Writer, draft: Draft, key: string, draw: Chance) {
  const { tally } = writer
  const before = await effectsOf(writer)
  const times = 1 + draw.below(5)
  const sendings = Array.from({ length: times }, () => {
    const line = writer.lines.cut[draw.below(2)]?.[draw.pick(CUTS)] as Line
    return () => send(writer, line, draft, key)
  })
  const answers: (Answer | undefined)[] = []
  if (draw.oneIn(2)) answers.push(...(await Promise.all(sendings.map((one) => one()))))
  else for (const one of sendings) answers.push(await one())
  const answer = await insist(writer, draft, key)
  answers.push(answer)
  tally.writes++
  if (answer.status < 400) tally['carried out']++
  return {
    answer,
    broken: await faultsIn(
      writer,
      before,
      draft,
      key,
      answers.filter((one) => one !== undefined),
      answer,
    ),
  }
}

/** Undefined where no answer came. */
async function send(
  { tally, key: bearer }: Writer,
  line: Line,
  draft: Draft,
  key: string,
): Promise<Answer | undefined> {
  tally.sent++
  const sending = rendered({ ...draft, headers: { ...draft.headers, 'idempotency-key': key } })
  const answer = await line.send(sending, bearer).catch(() => undefined)
  if (answer === undefined || answer.body === undefined) tally.cut++
  else if (isInFlight(answer)) tally['in flight']++
  return answer?.body === undefined ? undefined : answer
}

async function insist(writer: Writer, draft: Draft, key: string): Promise<Answer> {
  for (let time = 0; time < 2000; time++) {
    const answer = await send(writer, writer.lines.whole, draft, key)
    if (answer && !isInFlight(answer)) return answer
    await sleep(5)
  }
  throw new Error(`${told(draft)} stays under way`)
}

function isInFlight({ status, body }: Answer): boolean {
  return status === 409 && (body as { rule?: string }).rule === 'in-flight'
}

/** `last`: the latest change of anybody's. */
type Effects = { changes: number; checkIns: number; last: string | null }

/** What somebody has done so far. */
async function effectsOf({ house, id }: Writer): Promise<Effects> {
  const { rows } = await house.database.query<Effects>(
    `select (select count(*)::int from changes where actor_id = $1) as changes,
      (select count(*)::int from check_ins where reported_by_id = $1) as "checkIns",
      (select id from changes order by id desc limit 1) as last`,
    [id],
  )
  return rows[0] as Effects
}

async function faultsIn(
  writer: Writer,
  before: Effects,
  draft: Draft,
  key: string,
  answers: Answer[],
  last: Answer,
): Promise<string[]> {
  const after = await effectsOf(writer)
  const [changes, checkIns] = [after.changes - before.changes, after.checkIns - before.checkIns]
  // A plain check-in is a change of its own; in any other change it is a part of it.
  const effects = changes > 0 ? changes : checkIns
  const done = answers.filter(({ status }) => status < 400)
  const different = done.filter((one) => whole(one) !== whole(last))
  return [
    ...(effects > 1 ? [`it was carried out ${effects} times`] : []),
    ...(last.status >= 400 && effects > 0 ? [`it was carried out, and then refused: ${last.text}`] : []),
    ...(last.status >= 500 ? [`it failed: ${last.text}`] : []),
    ...(last.status < 400 && effects === 0 && !(await changesNothing(writer, before, draft, key))
      ? ['it was lost']
      : []),
    ...(different.length > 0 ? [`it was answered ${different.map(whole).join(' and ')}, and then ${whole(last)}`] : []),
  ]
}

/** What is to be heard the same each time. */
function whole({ status, text, headers }: Answer): string {
  return `${status} ${headers.etag} ${text}`
}

/** Whether the same thing, under another key, changes nothing either; or only what somebody else has changed meanwhile. */
async function changesNothing(writer: Writer, { last }: Effects, draft: Draft, key: string): Promise<boolean> {
  const before = await effectsOf(writer)
  const again = await insist(writer, draft, `${key}, once more`)
  const after = await effectsOf(writer)
  if (again.status >= 400 || (after.changes === before.changes && after.checkIns === before.checkIns)) return true
  const { rows } = await writer.house.database.query(
    `with mine as (select id from changes where actor_id = $1 order by id desc limit 1)
     select from change_entries e join change_entries o on o.noun_id = e.noun_id
       join changes c on c.id = o.change_id and c.actor_id <> $1 and c.id > $2
     where e.change_id = (select id from mine) limit 1`,
    [writer.id, last],
  )
  return rows.length > 0
}

/** Something else under the same key is refused, and not done. */
async function otherwise(writer: Writer, other: Draft, draft: Draft, key: string, draw: Chance): Promise<string[]> {
  if (!draw.oneIn(4) || JSON.stringify(other.body) === JSON.stringify(draft.body)) return []
  const before = await effectsOf(writer)
  const { status, text, body } = await insist(writer, other, key)
  const after = await effectsOf(writer)
  const refused = status === 400 || (status === 422 && (body as { rule?: string }).rule === 'idempotency-key-reused')
  // The same in other words is the same thing: a field that says what would be so anyway.
  const same = status < 400 && after.changes === before.changes && after.checkIns === before.checkIns
  return refused || same ? [] : [`${told(draft)} and then, under the same key, ${told(other)}: ${status} ${text}`]
}

function told({ operation, params, body }: Draft): string {
  return `${operation.name} ${JSON.stringify(params)} ${JSON.stringify(body)}`
}

export const suite: Suite = { count: 5000, atOnce: 500, run: (part) => retries(part) }
