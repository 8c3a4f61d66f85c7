import { expect, test } from 'vitest'
import type { Decimal } from './decimal.ts'
import { healthOf } from './kpi.ts'

const range = (atLeast: string | null, atMost: string | null) => ({
  atLeast: atLeast as Decimal | null,
  atMost: atMost as Decimal | null,
})

test.each([
  [null, null, '5', 'unknown'],
  ['1', '9', null, 'unknown'],
  ['1', null, '0.999999', 'below'],
  ['1', null, '1', 'within'],
  ['1', null, '1000000', 'within'],
  [null, '9', '-1', 'within'],
  [null, '9', '9.000001', 'above'],
  ['-9', '-1', '-10', 'below'],
  ['-9', '-1', '-5', 'within'],
  ['-9', '-1', '0', 'above'],
])('At least %s, at most %s: %s is %s', (atLeast, atMost, value, health) => {
  expect(healthOf(range(atLeast, atMost), value as Decimal | null)).toBe(health)
})
