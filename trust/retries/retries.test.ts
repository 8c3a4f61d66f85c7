import { expect, inject, test } from 'vitest'
import { retries } from './retries.ts'

test('What is sent again is carried out once, however the lines are cut', { timeout: 120_000 }, async () => {
  const { counts, broken } = await retries({ cluster: inject('cluster'), seed: 1, from: 0, count: 80 })
  expect(broken).toEqual([])
  expect(counts['carried out']).toBeGreaterThan(50)
  expect(counts.cut).toBeGreaterThan(50)
})
