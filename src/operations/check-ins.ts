import { type Actor, actorId } from '#domain/actor.ts'
import { type CheckIn, checkIn } from '#domain/check-in.ts'
import { type Day, dayAt } from '#domain/day.ts'
import { reportsFor } from '#domain/delegate.ts'
import type { CheckInId, OrganizationId } from '#domain/id.ts'
import { invalid, notFound, Problem } from '#domain/problem.ts'
import {
  type CheckInGroup,
  type CheckInWrite,
  listCheckIns as checkInsOf,
  findCorrectable,
  inGroup,
  type KeptAnswer,
  loadReportable,
  type ReportedInGroup,
} from '#store/check-ins.ts'
import { groupCommit } from '#store/group-commit.ts'
import { may, type Relation } from './access.ts'
import { checkInView } from './check-in-view.ts'
import { traceOf, writeTraced } from './correcting.ts'
import * as declared from './declared/check-ins.ts'
import { type Input, reading, writing } from './operation.ts'
import { asked, paged } from './page.ts'
import { relationsToReport } from './relations.ts'
import { theCheckIn, theKeyResult, theObjective } from './resolve.ts'
import { alone, replay, retryOf } from './retry.ts'
import type { Outcome, Request, Services } from './services.ts'

export const listCheckIns = reading(declared.listCheckIns, {
  subject: async (context, { params }) => ({ relations: [], keyResult: await theKeyResult(context, params.id) }),
  run: async (context, { query }, { keyResult }) => {
    const { after, limit } = asked(query)
    const rows = await checkInsOf(context.tx, keyResult.id, { after: after as CheckInId | undefined, limit })
    return paged(rows, query.limit, checkInView, (row) => row.id)
  },
})

export const showCheckIn = reading(declared.showCheckIn, {
  subject: async (context, { params }) => ({ relations: [], made: await theCheckIn(context, params.id) }),
  run: async (_, __, { made }) => checkInView(made),
})

/** A check-in inside a change of its own: a correction, one of a batch, or one whose caller has to be told why not. */
export const makeCheckIn = writing(declared.makeCheckIn, {
  subject: async (context, { params }) => {
    const keyResult = await theKeyResult(context, params.id)
    const objective = await theObjective(context, keyResult.objectiveId)
    return { relations: await relationsToReport(context, keyResult, objective), objective }
  },
  run: async (context, { params, body }, { objective }) => {
    const { tx, actor, today } = context
    const keyResult = (await loadReportable(tx, params.id)) ?? notFound('key-result', params.id)
    const corrected = body.corrects ? await findCorrectable(tx, params.id, body.corrects) : null
    if (corrected === undefined) invalid('/corrects', 'field.names-nothing')
    if (typeof corrected === 'string') invalid('/corrects', 'check-in.corrects.already')
    const made = checkIn(keyResult, body, { actor, id: context.newId(), now: tx.now, today, corrected })
    await writeTraced(context, made, objective.id)
    return checkInView(made)
  },
})

type Entry = {
  actor: Actor
  input: Input<typeof declared.makeCheckIn>
  retry: ReturnType<typeof retryOf>
  services: Services
}

/** What a group makes of an entry: its answer, or that it has to be looked at alone. */
type Decided = Outcome | 'alone'

/**
 * The hot path: a plain report of an owner's, of whoever reports for them or of an administrator's is committed together with everybody else's of that
 * moment. All that is out of the ordinary goes the way of every other change.
 */
export async function submitCheckIn(
  services: Services,
  actor: Actor,
  input: Input<typeof declared.makeCheckIn>,
  request: Request,
  otherwise: (input: Input<typeof declared.makeCheckIn>) => Promise<Outcome>,
): Promise<Outcome> {
  const retry = retryOf(declared.makeCheckIn, actor, input as never, request)
  if (input.body.corrects) return otherwise(input)
  const decided = await alone(retry?.slot, () => submit(actor.organizationId, { actor, input, retry, services }))
  if (decided === 'alone') return otherwise(input)
  services.drainer.wake(actor.organizationId)
  return decided
}

const submit = groupCommit<Entry, Decided>(async (organizationId, entries) => {
  try {
    return await commit(organizationId as OrganizationId, entries)
  } catch (error) {
    // One entry spoils the group's transaction: each is tried by itself, and only its caller hears of it.
    if (entries.length === 1) return [error as Error]
    const answers: (Decided | Error)[] = []
    for (const entry of entries)
      answers.push(...(await commit(organizationId as OrganizationId, [entry]).catch((alone: Error) => [alone])))
    return answers
  }
})

function commit(organizationId: OrganizationId, entries: readonly Entry[]): Promise<(Decided | Error)[]> {
  const services = (entries[0] as Entry).services
  return inGroup(services.store, organizationId, async (group) => {
    const loaded = await group.load([...new Set(entries.map((entry) => entry.input.params.id))])
    const now = services.clock().toISOString()
    const decisions = entries.map((entry) => attempt(() => decide(entry, loaded.get(entry.input.params.id), now)))
    const writes = decisions.flatMap((decision) => (isWrite(decision) ? [decision.write] : []))
    const again = await group.write(writes)
    const kept =
      again.size === 0
        ? []
        : await keptAnswers(
            group,
            writes.filter((write) => again.has(write.checkIn.id)),
          )
    return decisions.map((decision, index): Decided | Error => {
      // What is refused by now may have been carried out before: who sends it again gets the answer of then.
      if (decision instanceof Error && entries[index]?.retry) return 'alone'
      if (!isWrite(decision)) return decision
      if (!again.has(decision.write.checkIn.id)) return decision.outcome
      return attempt(() => replayed(entries[index] as Entry, kept))
    })
  })
}

type Decision = { write: CheckInWrite; outcome: Outcome }

function isWrite(decision: Decision | 'alone' | Error): decision is Decision {
  return typeof decision === 'object' && 'write' in decision
}

/** A refusal belongs to its caller alone; anything else is the whole group's. */
function attempt<T>(act: () => T): T | Problem {
  try {
    return act()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

async function keptAnswers(group: CheckInGroup, writes: readonly CheckInWrite[]): Promise<KeptAnswer[]> {
  return group.kept(writes.map((write) => ({ actorId: actorId(write.actor), key: write.retry?.key as string })))
}

function replayed({ actor, retry }: Entry, kept: readonly KeptAnswer[]): Outcome {
  const before = kept.find((one) => one.key === retry?.key && one.actorId === actorId(actor))
  return replay(before as KeptAnswer, retry?.requestHash as Buffer)
}

function decide(
  { actor, input, retry, services }: Entry,
  keyResult: ReportedInGroup | undefined,
  now: string,
): 'alone' | Decision {
  if (!keyResult || keyResult.state === 'draft' || keyResult.state === 'discarded') return 'alone'
  if (keyResult.awaitsBaseline) return 'alone'
  const today = dayAt(now, keyResult.timeZone)
  // Somebody's last day is over, and what they held has not passed on yet: that comes first.
  if (keyResult.leavesOn !== null && keyResult.leavesOn <= today) return 'alone'
  if (may('check-ins.make', actor, relationsTo(keyResult, actor, today)) === 'no') return 'alone'
  const made = checkIn(keyResult, input.body, { actor, id: services.newId() as CheckInId, now, today, corrected: null })
  const { text, outcome } = answerOf(made)
  const salt = services.randomBytes(16)
  return {
    outcome,
    write: {
      checkIn: made,
      objectiveId: keyResult.objectiveId,
      actor,
      salt,
      ...traceOf(made, salt),
      retry: retry ? { key: retry.key, requestHash: retry.requestHash, body: text } : null,
    },
  }
}

/** Whether a private Objective is for whoever was named, and who stands in while an owner is away, is looked at alone. */
function relationsTo({ ownerId, delegation }: ReportedInGroup, actor: Actor, today: Day): Relation[] {
  const me = actorId(actor)
  if (ownerId === me) return ['owner']
  return delegation && !delegation.isPrivate && reportsFor(me, delegation, null, today) ? ['delegate'] : []
}

function answerOf(made: CheckIn): { text: string; outcome: Outcome } {
  const body = declared.makeCheckIn.output.parse(checkInView(made))
  const text = JSON.stringify(body)
  return { text, outcome: { status: 201, body, etag: null, changeId: made.id, text } }
}
