import { expect, inject, test } from 'vitest'
import { DECLARATIONS } from '#operations/declared/catalogue.ts'
import { matrix } from './matrix.ts'

test('Every verb can be carried out, by those who may, and tells nobody what they do not see', {
  timeout: 600_000,
}, async () => {
  const part = { cluster: inject('cluster'), seed: 1, from: 0, count: DECLARATIONS.length }
  const { counts, broken } = await matrix(part, { callers: 2, blind: 1, oneIn: 8 })
  expect(broken).toEqual([])
  expect(counts.verbs).toBe(DECLARATIONS.length)
})
