import pg from 'pg'
import type { CycleId, KeyResultId, ObjectiveId, PersonId } from '#domain/id.ts'
import { Problem } from '#domain/problem.ts'
import { compareFigures } from '#store/compare.ts'
import { drain } from '#store/drain.ts'
import { freshDatabaseIn } from '#test/database.ts'
import {
  besides,
  type Caller,
  type Installation,
  type Organization,
  openInstallation,
  openOrganization,
  organizationOn,
} from '#test/harness.ts'
import type { ThrowawayCluster } from '#test/throwaway-cluster.ts'

/** Where races are run: one organization on two servers, and somebody at each of them. */
export type Field = {
  /** The same person, or administrator, at either server. */
  at(server: number, person?: Person): Caller
  ids: Record<Person, PersonId>
  cycleId: CycleId
  query<Row extends object>(sql: string, ...values: unknown[]): Promise<Row[]>
  /** Rolls up what was reported, on either server. */
  drain(server: number): Promise<void>
  /** How many figures a full recomputation would change. */
  wrongFigures(): Promise<number>
  close(): Promise<void>
}

const PEOPLE = { daniel: 'Daniel Okafor', hanna: 'Hanna Vogel', tomas: 'Tomás Herrera' } as const
type Person = keyof typeof PEOPLE

export async function openField(cluster: ThrowawayCluster): Promise<Field> {
  const first = await openInstallation(undefined, await freshDatabaseIn(cluster))
  const second = besides(first)
  const marram = await openOrganization({ on: first })
  const servers: [Organization, Organization] = [marram, organizationOn(second, marram.id)]
  const { administrator } = marram
  const ids = {} as Record<Person, PersonId>
  for (const [key, name] of Object.entries(PEOPLE))
    ids[key as Person] = (await administrator.call('people.create', { name })).id
  const time = { startsOn: '2026-10-01', endsOn: '2026-12-31' }
  const cycle = await administrator.call('cycles.create', { name: 'Q4', ...time })
  const everything = new pg.Client({ connectionString: first.database.adminUrl })
  await everything.connect()
  const callers = servers.map((server) => ({
    ...Object.fromEntries(Object.entries(ids).map(([key, id]) => [key, server.as({ id })])),
    administrator: server.administrator,
  })) as Record<Person | 'administrator', Caller>[]
  return {
    ids,
    cycleId: cycle.id,
    at: (server, person) => (callers[server % 2] as (typeof callers)[0])[person ?? 'administrator'],
    query: async (sql, ...values) => (await everything.query(sql, values)).rows,
    drain: async (server) => void (await drain((servers[server % 2] as Installation).store, marram.id)),
    wrongFigures: () => compareFigures(marram.store, marram.id),
    close: async () => {
      await everything.end()
      await second.close()
      await first.close()
    },
  }
}

/** Whoever leads it publishes it. */
export async function anObjective(
  { at, cycleId }: Field,
  lead: Person,
  title = 'To be achieved',
): Promise<ObjectiveId> {
  const { id } = await at(0, lead).call('objectives.create', { title, level: 'group', cycleId })
  await at(0, lead).call('objectives.publish', { id })
  return id
}

/** From 0 to 1,000 USD, of an Objective of the owner's. */
export async function aKeyResult({ at }: Field, owner: Person, id: ObjectiveId): Promise<KeyResultId> {
  const measure = { kind: 'increase' as const, start: '0', target: '1000', unit: 'USD' }
  const made = await at(0, owner).call('key-results.create', {
    id,
    title: 'How we will know',
    deadline: '2026-12-31',
    measure,
  })
  await at(0, owner).call('key-results.publish', { id: made.id })
  return made.id
}

/** How two who did something at once were answered: whatever is no refusal of the product's is thrown. */
export type Answer<T> = { done: T; rule?: never } | { done?: never; rule: string }

/** First everything is rolled up: what waits for that would keep one of them waiting for the other. */
export async function atOnce<T>(field: Field, attempts: readonly (() => Promise<T>)[]): Promise<Answer<T>[]> {
  await field.drain(0)
  const settled = await Promise.allSettled(attempts.map((attempt) => attempt()))
  return settled.map((one) => {
    if (one.status === 'fulfilled') return { done: one.value }
    if (one.reason instanceof Problem) return { rule: one.reason.facts.rule }
    throw new Error(`A caller saw the database: ${one.reason}`, { cause: one.reason })
  })
}
