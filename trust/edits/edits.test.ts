import { expect, inject, test } from 'vitest'
import { edits } from './edits.ts'

test('Of many who change the same words nobody is overwritten unseen', { timeout: 120_000 }, async () => {
  const { counts, broken } = await edits({ cluster: inject('cluster'), seed: 1, from: 0, count: 200 })
  expect(broken).toEqual([])
  expect(counts.done).toBeGreaterThan(20)
  expect(counts.stale).toBeGreaterThan(20)
})
