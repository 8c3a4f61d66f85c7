import type { Selectable } from 'kysely'
import type { IdempotencyRow } from './database.ts'
import type { Tx } from './store.ts'

/** The answer kept under a caller's key, if the request was carried out before. */
export async function findKept(tx: Tx, actorId: string, key: string): Promise<Selectable<IdempotencyRow> | undefined> {
  return await tx.db
    .selectFrom('idempotency')
    .selectAll()
    .where('organizationId', '=', tx.organizationId)
    .where('actorId', '=', actorId)
    .where('key', '=', key)
    .executeTakeFirst()
}

/** Keeps an answer, in the transaction of its effect. */
export async function keep(
  tx: Tx,
  answer: { actorId: string; key: string; requestHash: Buffer; status: number; etag: string | null; body: unknown },
): Promise<void> {
  await tx.db
    .insertInto('idempotency')
    .values({
      organizationId: tx.organizationId,
      actorId: answer.actorId,
      key: answer.key,
      requestHash: answer.requestHash,
      status: answer.status,
      etag: answer.etag,
      body: JSON.stringify(answer.body),
      madeAt: tx.now,
    })
    .execute()
}
