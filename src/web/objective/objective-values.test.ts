import { expect, test } from 'vitest'
import { Refused } from '#client/client.ts'
import { fieldErrors } from '#web/problem/field-errors.ts'
import { changed, linkCall, type ObjectiveValues, together } from './objective-values.ts'

const before = {
  title: 'Make Marram easy to buy',
  why: '',
  level: 'group',
  groupId: 'g',
  leadId: 'p',
  cycleId: 'c',
  ambition: 'committed',
  alignedToId: null,
  statement: '',
  reason: '',
} as ObjectiveValues
const id = 'below' as never
const below = { id, alignmentOffer: null }

test('a new title and a new alignment are one change, both against the version that was seen', () => {
  const values = { ...before, title: 'Be easy to buy', alignedToId: 'above', statement: 'Towns buy what they can.' }
  const link = linkCall(below, values, before)
  expect(together(id, changed(values, before), link as never, 7).calls).toEqual([
    {
      method: 'PATCH',
      path: '/v1/objectives/below',
      body: { title: 'Be easy to buy' },
      headers: { 'if-match': '"7"' },
    },
    {
      method: 'PUT',
      path: '/v1/objectives/below/alignment',
      body: { toObjectiveId: 'above', statement: 'Towns buy what they can.' },
      headers: { 'if-match': '"7"' },
    },
  ])
})

test('taken out it ends; left alone, or at the company, nothing is said of it', () => {
  const aligned = { ...before, alignedToId: 'above', statement: 'So.' }
  expect(linkCall(below, { ...aligned, alignedToId: null }, aligned)).toMatchObject({
    method: 'POST',
    path: '/v1/objectives/below/alignment/end',
  })
  const offered = { id, alignmentOffer: { offeredBy: 'below' } } as never
  expect(linkCall(offered, { ...aligned, alignedToId: null }, aligned)?.path).toBe(
    '/v1/objectives/below/alignment/withdraw',
  )
  expect(linkCall(below, aligned, aligned)).toBe(null)
  expect(linkCall(below, { ...aligned, level: 'company', alignedToId: null }, aligned)).toBe(null)
  expect(linkCall(below, { ...aligned, statement: 'Because.' }, aligned)).toMatchObject({
    body: { statement: 'Because.' },
  })
})

test('what one call of a change was refused for stands beside the field of the form', () => {
  const problem = { errors: [{ pointer: '/calls/1/body/statement', detail: 'Too long.' }] }
  expect(fieldErrors(new Refused(problem as never))).toEqual({ statement: 'Too long.' })
})
