import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Actor } from '#domain/actor.ts'
import { makeCheckIn } from '#operations/declared/check-ins.ts'
import { perform } from '#operations/perform.ts'
import type { Services } from '#operations/services.ts'
import { drain } from '#store/drain.ts'
import type { Company } from './company.ts'

export type Rate = { made: number; seconds: number }

/** So many callers, each with one request under way, for so long. */
export async function callers(count: number, milliseconds: number, once: () => Promise<unknown>): Promise<Rate> {
  let made = 0
  const began = performance.now()
  const end = began + milliseconds
  const caller = async () => {
    while (performance.now() < end) {
      await once()
      made++
    }
  }
  await Promise.all(Array.from({ length: count }, caller))
  return { made, seconds: (performance.now() - began) / 1000 }
}

/** The limit: one row, one statement, one transaction. */
export function bareInsert(pool: pg.Pool, company: Company): () => Promise<unknown> {
  return () =>
    pool.query({
      name: 'bare',
      text: 'insert into plain (organization_id, value, note) values ($1, $2, $3)',
      values: [company.organizationId, anyValue(), 'Two towns have signed.'],
    })
}

/** A check-in with all that belongs to it, as an owner's call without HTTP. */
export function checkInBy(services: Services, company: Company): () => Promise<unknown> {
  const actor = {
    kind: 'person',
    personId: company.ownerId,
    organizationId: company.organizationId,
    role: 'member',
    scopes: ['read', 'write'],
    apiKeyId: null,
  } as Actor
  return () =>
    perform(services, makeCheckIn, {
      actor,
      params: { id: anyLeaf(company) },
      query: {},
      body: { value: anyValue(), confidence: 7, note: 'Two towns have signed.' },
      headers: { idempotencyKey: randomUUID() },
    })
}

/** Until everything reported is rolled up. */
export async function settle(services: Services, company: Company): Promise<void> {
  while ((await drain(services.store, company.organizationId)) > 0);
}

export function anyLeaf(company: Company): string {
  return company.leaves[Math.floor(Math.random() * company.leaves.length)] as string
}

export function anyValue(): string {
  return String(Math.floor(Math.random() * 10_000) / 100)
}
