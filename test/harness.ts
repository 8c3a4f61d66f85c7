import type { InputOf, OutputOf } from '#client/client.ts'
import type { Actor, Role, Scope } from '#domain/actor.ts'
import type { OrganizationId, PersonId, ServiceId } from '#domain/id.ts'
import { type Call, Problem, type ProblemFacts } from '#domain/problem.ts'
import { CATALOGUE, type OperationName } from '#operations/declared/catalogue.ts'
import type { Declaration } from '#operations/declared/declaration.ts'
import { perform } from '#operations/perform.ts'
import { match } from '#operations/route.ts'
import type { Outcome, Services } from '#operations/services.ts'
import { newId, randomBytes } from '#platform/chance.ts'
import { drain } from '#store/drain.ts'
import { addOrganization } from '#store/organizations.ts'
import { openStore, type Store } from '#store/store.ts'
import { freshDatabase, type TestDatabase } from './database.ts'

/** A server without surfaces, timers or a network: a fresh database, the operations, and a clock that we set. */
export type Installation = {
  database: TestDatabase
  store: Store
  services: Services
  clock: Clock
  close(): Promise<void>
}

/** Stands still until told; every call through a caller lets a second pass, so that no two happen at once. */
export type Clock = { now(): Date; set(instant: string): void; pass(milliseconds: number): void }

export type Sent<Name extends OperationName> = Omit<Outcome, 'body'> & { data: OutputOf<Name> }

/** Somebody who acts. PUT, PATCH and DELETE say "whatever version there is" unless they are told otherwise. */
export type Caller = {
  actor: Actor
  call<Name extends OperationName>(name: Name, input: InputOf<Name>, options?: Options): Promise<OutputOf<Name>>
  send<Name extends OperationName>(name: Name, input: InputOf<Name>, options?: Options): Promise<Sent<Name>>
  /** A call that the product handed out, sent as it stands. */
  repair(call: Call): Promise<unknown>
}

export type Options = { ifMatch?: string | number | undefined; idempotencyKey?: string | undefined }

export type Organization = Installation & {
  id: OrganizationId
  /** An administrator who is nobody in particular: a service principal. */
  administrator: Caller
  as(person: { id: PersonId }, role?: Role, scopes?: readonly Scope[]): Caller
  /** A program: one that is nobody in particular, or one that has a key. */
  service(role: Role, id?: ServiceId): Caller
  /** Rolls up what was reported, puts the audit in order. */
  drain(): Promise<void>
}

export async function openInstallation(today = TODAY, database?: TestDatabase): Promise<Installation> {
  return installationOn(database ?? (await freshDatabase()), today)
}

const TODAY = '2026-10-12T08:00:00.000Z'

function installationOn(database: TestDatabase, today: string): Installation {
  const clock = startClock(today)
  const store = openStore({ url: database.url, clock: clock.now })
  return { database, store, clock, services: servicesOf(store, clock), close }

  async function close(): Promise<void> {
    await store.close()
    await database.drop()
  }
}

/** Another server on the same database, by the same clock. */
export function besides({ database, clock }: Installation): Installation {
  const store = openStore({ url: database.url, clock: clock.now })
  return { database, store, clock, services: servicesOf(store, clock), close: store.close }
}

/** An organization, on an installation of its own unless one is given. */
export async function openOrganization({
  name = 'Marram',
  timeZone = 'Europe/Oslo',
  on,
}: Opening = {}): Promise<Organization> {
  const installation = on ?? (await openInstallation())
  const id = newId() as OrganizationId
  await installation.store.write(id, (tx) => addOrganization(tx, { name, timeZone }))
  return organizationOn(installation, id)
}

/** An organization that is there already. */
export function organizationOn(installation: Installation, id: OrganizationId): Organization {
  const { store, services, clock } = installation
  const caller = (actor: Actor) => callerFor(services, clock, actor)
  const common = (role: Role, scopes: readonly Scope[] = ['read', 'write']) => ({
    organizationId: id,
    role,
    scopes,
    apiKeyId: null,
  })
  const service = (role: Role, serviceId = newId() as ServiceId) =>
    caller({ ...common(role), kind: 'service', serviceId, personId: null })
  return {
    ...installation,
    id,
    administrator: service('administrator'),
    as: ({ id: personId }, role = 'member', scopes) => caller({ ...common(role, scopes), kind: 'person', personId }),
    service,
    drain: async () => void (await drain(store, id)),
  }
}

type Opening = { name?: string; timeZone?: string; on?: Installation }

/** What the product says instead of doing it. */
export async function refused(attempt: Promise<unknown>): Promise<ProblemFacts> {
  const answer = await attempt.then(
    (body) => ({ body }),
    (error: unknown) => ({ error }),
  )
  if ('body' in answer) throw new Error(`It was not refused: ${JSON.stringify(answer.body)}`)
  if (answer.error instanceof Problem) return answer.error.facts
  throw answer.error
}

function startClock(today: string): Clock {
  let now = Date.parse(today)
  return {
    now: () => new Date(now),
    set: (instant) => {
      now = Date.parse(instant)
    },
    pass: (milliseconds) => {
      now += milliseconds
    },
  }
}

function servicesOf(store: Store, clock: Clock): Services {
  return {
    store,
    clock: clock.now,
    newId,
    randomBytes,
    publicUrl: 'https://okr.marram.example',
    drainer: { wake: () => {}, settled: async (organizationId) => void (await drain(store, organizationId)) },
    // Accounts and sessions have their own tests; nobody signs in here.
    identity: {} as Services['identity'],
  }
}

function callerFor(services: Services, clock: Clock, actor: Actor): Caller {
  async function tell(declaration: Declaration, input: object, headers: Options): Promise<Outcome> {
    clock.pass(1000)
    const { ifMatch, idempotencyKey } = headers
    const parts = partsOf(declaration, input)
    const tag = typeof ifMatch === 'number' ? `"${ifMatch}"` : ifMatch
    return perform(services, declaration, { actor, ...parts, headers: { ifMatch: tag, idempotencyKey } })
  }

  async function send<Name extends OperationName>(name: Name, input: InputOf<Name>, options: Options = {}) {
    const declaration: Declaration = CATALOGUE[name]
    const headers = declaration.ifMatch === 'required' ? { ifMatch: '*', ...options } : options
    const { body, ...outcome } = await tell(declaration, input as object, headers)
    return { ...outcome, data: body as OutputOf<Name> }
  }

  return {
    actor,
    send,
    call: async (name, input, options) => (await send(name, input, options)).data,
    repair: async ({ method, path, headers = {}, body }) => {
      const found = match(method, path)
      if (!found) throw new Error(`There is no ${method} ${path}`)
      const ifMatch = headers['if-match']
      return (await tell(found.declaration, { ...found.params, ...(body as object) }, { ifMatch })).body
    },
  }
}

function partsOf({ method, path }: Declaration, input: object) {
  const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string)
  const params = Object.fromEntries(Object.entries(input).filter(([field]) => named.includes(field)))
  const rest = Object.fromEntries(Object.entries(input).filter(([field]) => !named.includes(field)))
  return { params, query: method === 'GET' ? rest : {}, body: method === 'GET' ? {} : rest }
}
