import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Installation, openInstallation } from './harness.ts'
import { replayed } from './past.ts'

let installation: Installation
beforeAll(async () => {
  installation = await openInstallation()
})
afterAll(() => installation.close())

test.each([1, 2, 3])('As of any day, company %i is told as it was known when that day ended', async (seed) => {
  expect(await replayed(installation, seed, 6)).toBeGreaterThan(100)
})
