import { randomBytes as drawn, randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'

/** Asking the system takes longer than all the rest of an id, however few bytes it is asked for. */
const SUPPLY = Buffer.alloc(8192)
let used = SUPPLY.length

/** So many random bytes from the system. Each is handed out once, and not kept. */
export function randomBytes(size: number): Buffer {
  if (size > 256) return drawn(size)
  if (used + size > SUPPLY.length) {
    randomFillSync(SUPPLY)
    used = 0
  }
  const bytes = Buffer.from(SUPPLY.subarray(used, used + size))
  SUPPLY.fill(0, used, used + size)
  used += size
  return bytes
}

let msecs = 0
let seq = 0

/** A UUIDv7. They are in the order in which they were made, within a millisecond too. */
export function newId(): string {
  const now = Date.now()
  const random = randomBytes(16)
  if (now > msecs) {
    msecs = now
    // The upper half is left to count on from it.
    seq = random.readUInt32BE() >>> 1
  } else seq++
  return v7({ msecs, seq, random })
}
