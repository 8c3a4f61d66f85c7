import { expect, inject, test } from 'vitest'
import { fuzz } from './fuzz.ts'

test('Whatever is asked, the answer is one that the API’s description foresees, soon', {
  timeout: 120_000,
}, async () => {
  const part = { cluster: inject('cluster'), seed: 1, from: 0, count: 800 }
  // Other tests run beside it.
  const { counts, broken } = await fuzz(part, 20_000)
  expect(broken).toEqual([])
  expect(counts.done).toBeGreaterThan(150)
  expect(counts.refused).toBeGreaterThan(300)
})
