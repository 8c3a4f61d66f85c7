import { createHash, timingSafeEqual } from 'node:crypto'

/** SHA-256 of a value's JSON: 32 bytes. */
export function hashOf(value: unknown): Buffer {
  return createHash('sha256').update(JSON.stringify(value)).digest()
}

/** What the audit keeps of values that erasure may blank: without the salt, which lies beside them, it says nothing. */
export function saltedHash(salt: Buffer, value: unknown): Buffer {
  return createHash('sha256').update(salt).update(JSON.stringify(value)).digest()
}

/** Of a secret that is long and random: what is kept in its place. */
export function secretHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** In constant time. */
export function isSecret(secret: string, hash: Buffer): boolean {
  return timingSafeEqual(secretHash(secret), hash)
}
