import fc from 'fast-check'
import { expect, test } from 'vitest'
import { faultIn } from './json-fault.ts'

test.each([
  ['{"a": }', 6],
  ['{"a" 1}', 5],
  ['[1, 2', 5],
  ['{"a": "b\n"}', 6],
  ['[1 2]', 3],
  ['{,}', 1],
  ['[1,]', 3],
  ['{} x', 3],
  ['', 0],
])('%j goes wrong at %i', (text, at) => {
  expect(faultIn(text)).toBe(at)
})

test('what is JSON has no fault, and what is cut off is wrong at its end at the latest', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (text, cut) => {
      expect(faultIn(text)).toBe(text.length)
      const part = text.slice(0, cut % (text.length + 1))
      if (!isJson(part)) expect(faultIn(part)).toBeLessThanOrEqual(part.length)
    }),
  )
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
