import { expect, test } from 'vitest'
import { whyNotSupport } from './also-supports.ts'
import type { ObjectiveId } from './id.ts'
import type { State } from './roll-up.ts'

const a = 'a' as ObjectiveId
const b = 'b' as ObjectiveId

test('An Objective also supports another that is published and open, of any level and at any time', () => {
  const why = (above: State) => whyNotSupport({ id: a }, { id: b, state: above })?.why ?? null
  expect(why('published')).toBeNull()
  expect(why('draft')).toBe('unpublished')
  for (const state of ['postponed', 'closed', 'cancelled', 'discarded'] as const) expect(why(state)).toBe('not-open')
  const itself = { id: a, state: 'published' as const }
  expect(whyNotSupport(itself, itself)).toEqual({ rule: 'no-cycles', why: 'supports-itself' })
})
