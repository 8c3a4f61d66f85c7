import { expect, test } from 'vitest'
import type { Me } from '#web/me/me.ts'
import { type KeyResult, offersEdit } from './key-result.ts'

const who = (id: string, role: Me['role'] = 'member') => ({ id, role }) as Me
const published = { state: 'published', ownerId: 'maya', authorId: 'ben' } as unknown as KeyResult
const draft = { ...published, state: 'draft' } as KeyResult
const leads = ['priya', 'daniel', null]

test('a form is offered to whoever may save it, and to nobody else', () => {
  for (const id of ['maya', 'priya', 'daniel']) expect(offersEdit(published, leads, who(id))).toBe(true)
  expect(offersEdit(published, leads, who('ingrid', 'administrator'))).toBe(true)
  expect(offersEdit(published, leads, who('luisa'))).toBe(false)
  expect([offersEdit(draft, leads, who('ben')), offersEdit(published, leads, who('ben'))]).toEqual([true, false])
  expect(offersEdit(published, leads, who('maya', 'guest'))).toBe(false)
})
