import pg from 'pg'
import type { Role, Scope } from '#domain/actor.ts'
import type { ApiKeyId, OrganizationId } from '#domain/id.ts'
import { ADMINISTRATION } from '#operations/administration.ts'
import { makeApiKey, SECRET_BYTES } from '#operations/api-key.ts'
import { emailOf, type PersonKey } from '#operations/sample/people.ts'
import { createSample, type Sample } from '#operations/sample.ts'
import { freshDatabaseIn } from '#test/database.ts'
import { openServer, type Server } from '#test/server.ts'
import type { ThrowawayCluster } from '#test/throwaway-cluster.ts'
import { type Document, type Operation, operationsIn } from './document.ts'
import { type Line, openLine } from './exchange.ts'
import { withoutWall } from './unwalled.ts'
import { type Validator, validatorFor } from './validator.ts'

/** The product on a port of its own with the sample company in it, and what a stranger needs to know. */
export type House = {
  server: Server
  sample: Sample
  line: Line
  document: Document
  operations: Operation[]
  validate: Validator
  /** A new key of somebody's; a role stands for a service that has it. */
  keyOf(who: Who, more?: { organization?: OrganizationId; scopes?: readonly Scope[] }): Promise<string>
  /** The superuser's eyes. */
  database: pg.Pool
  close(): Promise<void>
}

/** Gro is a guest of Marram's. */
export type Who = PersonKey | 'gro' | Role

const ROLES: readonly string[] = ['administrator', 'member', 'guest'] satisfies Role[]
const GRO = { name: 'Gro Lund', email: 'gro@marram.example', role: 'guest' }

/** `walled`: with row-level security behind the product's own checks, as always; else with these alone. */
export async function openHouse(cluster: ThrowawayCluster, { walled = true } = {}): Promise<House> {
  const began = Date.now()
  // In the middle of the quarter, from where time goes on as it does.
  const clock = () => new Date(Date.parse('2026-11-23T08:00:00Z') + Date.now() - began)
  const fresh = await freshDatabaseIn(cluster)
  const unwalled = walled ? null : await withoutWall(cluster, fresh.url)
  const server = await openServer({ database: { ...fresh, url: unwalled?.url ?? fresh.url }, clock })
  const { services } = server
  const sample = await createSample(services)
  const line = openLine(server.url)
  const database = new pg.Pool({ connectionString: server.database.adminUrl, max: 4 })
  database.on('error', () => {})
  const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as Document

  const onTheMachine = async <T>(name: string, input: object) => (await ADMINISTRATION[name]?.(services, input)) as T

  const keyOf: House['keyOf'] = async (
    who,
    { organization = sample.organizationId, scopes = ['read', 'write'] } = {},
  ) => {
    if (ROLES.includes(who)) {
      const wanted = { name: 'trust', organization, role: who, scopes }
      return (await onTheMachine<{ key: string }>('api-keys.create', wanted)).key
    }
    // A guest makes no key: it is put there as if somebody had.
    const id = services.newId() as ApiKeyId
    const { key, secretHash } = makeApiKey(organization, id, services.randomBytes(SECRET_BYTES))
    const email = who === 'gro' ? GRO.email : emailOf(who as PersonKey)
    await database.query(
      `insert into api_keys (organization_id, id, name, person_id, scopes, secret_hash, created_at)
       select organization_id, $2, 'trust', id, $3, $4, $5 from people where organization_id = $1 and email = $6`,
      [organization, id, scopes, secretHash, services.clock(), email],
    )
    return key
  }

  const key = await keyOf('administrator')
  await server.send('POST', '/v1/people', { key, body: GRO })
  // Ingrid has an account: nobody without one can make another organization.
  const link = { person: emailOf('ingrid'), organization: sample.organizationId }
  const { url } = await onTheMachine<{ url: string }>('people.sign-in-link', link)
  await server.send('POST', '/v1/session/link', { body: { token: url.split('#')[1] } })

  return {
    server,
    sample,
    line,
    document,
    operations: operationsIn(document),
    validate: validatorFor(document),
    keyOf,
    database,
    close: async () => {
      line.close()
      await database.end()
      await server.close()
      await unwalled?.remove()
    },
  }
}
