import { type Actor, actorId } from '#domain/actor.ts'
import { type Day, dayAt } from '#domain/day.ts'
import { type Call, invalid, refuse } from '#domain/problem.ts'
import { settingsOf } from '#domain/settings.ts'
import { record } from '#store/changes.ts'
import { drainWithin } from '#store/drain.ts'
import { findKept, keep } from '#store/idempotency.ts'
import { findOrganization } from '#store/organizations.ts'
import { asOf } from '#store/past.ts'
import { nothingDirty } from '#store/settle.ts'
import { executeIn } from '#store/statement.ts'
import type { Tx, WriteTx } from '#store/store.ts'
import { may } from './access.ts'
import { IMPLEMENTATIONS } from './catalogue.ts'
import { submitCheckIn } from './check-ins.ts'
import type { OperationName } from './declared/catalogue.ts'
import type { Declaration } from './declared/declaration.ts'
import { parse } from './input.ts'
import { leaveDue } from './leaving.ts'
import type { Context, Implementation, Input, Subject, WriteContext } from './operation.ts'
import { alone, replay, retryOf, tag } from './retry.ts'
import { match } from './route.ts'
import type { Outcome, Request, Services } from './services.ts'
import { settleNow } from './settling.ts'

/**
 * Does one thing, or refuses with a Problem and leaves no trace: input, access, version, effect, record, answer, in
 * this order, for every surface. Figures that follow are settled inside the same transaction.
 */
export async function perform(services: Services, declaration: Declaration, request: Request): Promise<Outcome> {
  if (declaration.public) return performPublicly(services, declaration, request)
  const { actor } = request
  if (!actor) refuse({ kind: 'unauthenticated', rule: 'unauthenticated' })
  if (!actor.scopes.includes(declaration.writes ? 'write' : 'read')) forbid()
  const input = parse(declaration, request)
  if (!declaration.writes) return read(services, declaration, actor, input)
  if (declaration.name === 'check-ins.make')
    return submitCheckIn(services, actor, input as never, request, (again) =>
      write(services, declaration, actor, again as never, request),
    )
  return write(services, declaration, actor, input, request)
}

async function read(
  services: Services,
  declaration: Declaration,
  actor: Actor,
  input: Input<Declaration>,
): Promise<Outcome> {
  const { store, drainer } = services
  const body = await store.read(
    actor.organizationId,
    async (tx) => {
      const context = await contextOf(services, actor, tx)
      const { implementation, subject } = await authorized(context, declaration, input)
      const day = pastDay(input, context.today)
      if (day === null) return implementation.run(context as never, input as never, subject as never)
      return asOf(tx, day, context.organization.timeZone, async (past) => {
        const then = { ...context, tx: past, today: day }
        return implementation.run(
          then as never,
          input as never,
          (await implementation.subject(then, input as never)) as never,
        )
      })
    },
    () => drainer.settled(actor.organizationId, PATIENCE),
  )
  return answered(declaration, body, null)
}

/** The day that is asked for, where that is over: as it was known when it ended. */
function pastDay({ query }: Input<Declaration>, today: Day): Day | null {
  const { asOf: day } = query as { asOf?: Day }
  if (day !== undefined && day > today) invalid('#/query/asOf', 'field.future', { today })
  return day === undefined || day === today ? null : day
}

/** How long a read waits for what was just reported to be rolled up, in milliseconds. */
const PATIENCE = 100

async function write(
  services: Services,
  declaration: Declaration,
  actor: Actor,
  input: Input<Declaration>,
  request: Request,
): Promise<Outcome> {
  const retry = retryOf(declaration, actor, input, request)
  return await alone(retry?.slot, async () => {
    const outcome = await services.store.write(actor.organizationId, async (tx) => {
      const kept = retry && (await findKept(tx, actorId(actor), retry.key))
      if (kept) return replay(kept, retry.requestHash)
      const context = await writeContextOf(services, actor, tx)
      const answer = await performIn(context, declaration, input, request.headers.ifMatch)
      const changeId = await finish(context, declaration, answer)
      if (retry && !declaration.secret)
        await keep(tx, { actorId: actorId(actor), key: retry.key, requestHash: retry.requestHash, ...answer })
      return { ...answer, changeId }
    })
    services.drainer.wake(actor.organizationId)
    return outcome
  })
}

/** One verb inside a running change. */
async function performIn(
  context: MutableContext,
  declaration: Declaration,
  input: Input<Declaration>,
  ifMatch: string | undefined,
): Promise<Outcome> {
  const { implementation, subject, verdict } = await authorized(context, declaration, input)
  await checkVersion(context, declaration, subject, ifMatch, (input.params as { id?: string }).id)
  const outer = { call: context.call, onBehalf: context.onBehalf }
  context.call = NOT_IN_A_BATCH.has(declaration.name) ? null : callOf(declaration, input)
  context.onBehalf = verdict === 'on behalf'
  context.everOnBehalf ||= context.onBehalf
  const body = await implementation.run(context as never, input as never, subject as never)
  Object.assign(context, outer)
  return answered(declaration, body, context)
}

/** A call as it came in, for whichever version there is. */
function callOf({ method, path, ifMatch }: Declaration, { params, body }: Input<Declaration>): Call {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String((params as Record<string, unknown>)[name])),
  )
  return { method, path: filled, ...(ifMatch === 'none' ? {} : { headers: { 'if-match': '*' } }), body }
}

async function authorized(context: Context, declaration: Declaration, input: Input<Declaration>) {
  const implementation: Implementation = IMPLEMENTATIONS[declaration.name as OperationName]
  const subject = await implementation.subject(context, input as never)
  const verdict = may(declaration.name as OperationName, context.actor, subject.relations)
  if (verdict === 'no') forbid()
  return { implementation, subject, verdict }
}

function forbid(): never {
  refuse({ kind: 'forbidden', rule: 'forbidden' })
}

async function checkVersion(
  context: MutableContext,
  declaration: Declaration,
  subject: Subject,
  ifMatch: string | undefined,
  id: string | undefined,
): Promise<void> {
  if (declaration.ifMatch === 'none' || subject.version === undefined) return
  if (ifMatch === undefined) {
    if (declaration.ifMatch === 'optional') return
    refuse({ kind: 'precondition-required', rule: 'if-match-required', details: { etag: tag(subject.version) } })
  }
  if (ifMatch === '*') {
    context.forced = true
    return
  }
  // What a call of this same change has written since is seen by whoever makes the change.
  if (context.matched.has(`${id} ${ifMatch}`)) return
  const seen = ifMatch.split(',').map((part) => part.trim().replace(/^W\//, ''))
  if (seen.includes(tag(subject.version))) {
    context.matched.add(`${id} ${ifMatch}`)
    return
  }
  refuse({
    kind: 'stale',
    rule: 'stale',
    details: { etag: tag(subject.version), current: (await subject.current?.()) ?? null },
  })
}

/** The answer has to be what was declared: a field too many would be a leak, one too few a broken promise. */
function answered(declaration: Declaration, body: unknown, context: MutableContext | null): Outcome {
  const parsed = declaration.output.safeParse(body)
  if (!parsed.success)
    throw new Error(`${declaration.name} answered out of its declared shape`, { cause: parsed.error })
  const version = (parsed.data as { version?: unknown } | null)?.version
  const etag = context?.tagged ?? (typeof version === 'number' ? version : null)
  if (context) context.tagged = null
  return { status: declaration.status, body: parsed.data, etag: etag === null ? null : tag(etag), changeId: null }
}

type MutableContext = { -readonly [Field in keyof WriteContext]: WriteContext[Field] } & {
  forced: boolean
  /** Some call of it was made for somebody else. */
  everOnBehalf: boolean
  /** What was compared in this change already: the id and the tag that was seen. */
  matched: Set<string>
}

async function contextOf<T extends Tx>(services: Services, actor: Actor, tx: T): Promise<Context & { tx: T }> {
  const organization = await findOrganization(tx)
  if (!organization) refuse({ kind: 'unauthenticated', rule: 'unauthenticated' })
  const settings = settingsOf(organization.settings)
  return { actor, tx, organization, settings, today: dayAt(tx.now, organization.timeZone), services }
}

async function writeContextOf(services: Services, actor: Actor, tx: WriteTx): Promise<MutableContext> {
  const dirty = nothingDirty()
  await drainWithin(executeIn(tx.db), tx.organizationId, tx.now)
  const base = await contextOf(services, actor, tx)
  const { leavesOn } = base.organization
  if (leavesOn !== null && leavesOn <= base.today) await leaveDue(services, tx, base.today)
  const context: MutableContext = {
    ...base,
    tx,
    dirty,
    call: null,
    onBehalf: false,
    everOnBehalf: false,
    forced: false,
    matched: new Set(),
    tagged: null,
    reason: null,
    undoesId: null,
    newId: <Id extends string>() => services.newId() as Id,
    moves: (keyResultIds, objectiveIds = []) => {
      for (const id of keyResultIds) dirty.keyResults.add(id)
      for (const id of objectiveIds) dirty.objectives.add(id)
    },
    perform: (call) => performCall(context, call),
  }
  return context
}

/** A call of a batch: resolved, checked and authorized like any other, in the change that is under way. */
async function performCall(
  context: MutableContext,
  call: Parameters<WriteContext['perform']>[0],
): Promise<{ status: number; body: unknown }> {
  const found = match(call.method, call.path)
  if (!found?.declaration.writes || found.declaration.public || NOT_IN_A_BATCH.has(found.declaration.name)) {
    refuse({
      kind: 'not-found',
      rule: 'not-found',
      reason: { key: 'problem.not-found.call', values: { method: call.method, path: call.path.slice(0, 200) } },
    })
  }
  const ifMatch = Object.entries(call.headers ?? {}).find(([name]) => name.toLowerCase() === 'if-match')?.[1]
  const input = parse(found.declaration, { params: found.params, query: {}, body: call.body ?? {} })
  const { status, body } = await performIn(context, found.declaration, input, ifMatch)
  return { status, body }
}

export const NOT_IN_A_BATCH = new Set([
  'changes.make',
  'changes.undo',
  'organizations.create',
  'api-keys.create',
  'people.sign-in-link',
])

/** Settles what moved and writes down what was done; nothing when nothing was. */
async function finish(context: MutableContext, declaration: Declaration, answer: Outcome): Promise<string | null> {
  const { tx, services, actor } = context
  await settleNow(context)
  const planned = (answer.body as { changeId?: string } | null)?.changeId
  return await record(tx, {
    id: planned ?? services.newId(),
    operation: declaration.name,
    actor,
    onBehalf: context.everOnBehalf,
    forced: context.forced,
    reason: context.reason,
    undoesId: context.undoesId,
    salt: services.randomBytes(16),
  })
}

/** A verb that is open to everyone has no organization yet; it says itself where it writes. */
async function performPublicly(services: Services, declaration: Declaration, request: Request): Promise<Outcome> {
  const input = parse(declaration, request)
  const implementation = IMPLEMENTATIONS[declaration.name as OperationName]
  const body = await implementation.run({ services } as never, input as never, { relations: [] } as never)
  return answered(declaration, body, null)
}
