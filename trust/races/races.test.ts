import { expect, inject, test } from 'vitest'
import { acceptances } from './acceptances.ts'
import { rings } from './rings.ts'

test('Whatever two set above each other at once, from two servers, nothing comes to lie above itself', async () => {
  const { counts, broken } = await rings({ cluster: inject('cluster'), seed: 1, from: 0, count: 150 })
  expect(broken).toEqual([])
  expect(counts).toMatchObject({ pairs: 120, rings: 30 })
})

test('Of two who decide at once one is heard, the other is told so, and the figures are those of the one', async () => {
  const { counts, broken } = await acceptances({ cluster: inject('cluster'), seed: 1, from: 0, count: 70 })
  expect(broken).toEqual([])
  expect(counts['double acceptances']).toBe(70)
})
