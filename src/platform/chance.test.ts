import { expect, test } from 'vitest'
import { newId, randomBytes } from './chance.ts'

test('Ids are in the order in which they were made, and none is made twice', () => {
  const ids = Array.from({ length: 20_000 }, newId)
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('No random bytes are handed out twice, few or many', () => {
  for (const size of [1, 16, 32, 256, 300, 5000]) expect(randomBytes(size)).toHaveLength(size)
  const drawn = Array.from({ length: 5000 }, () => randomBytes(16).toString('hex'))
  expect(new Set(drawn).size).toBe(drawn.length)
  expect(drawn).not.toContain('0'.repeat(32))
})
