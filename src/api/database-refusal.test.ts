import { expect, test } from 'vitest'
import { databaseRefusal } from './database-refusal.ts'

function refusalOf(fields: { code?: string; message?: string; constraint?: string }) {
  return databaseRefusal(Object.assign(new Error(fields.message), fields))
}

test.each(['ECONNREFUSED', 'ECONNRESET', '57P01', '57P03', '53300', '08006'])(
  '%s is a database that is not there',
  (code) => {
    expect(refusalOf({ code })).toEqual({ kind: 'unavailable', rule: 'unavailable' })
  },
)

test('so is a connection that ended without a word', () => {
  expect(refusalOf({ message: 'Connection terminated unexpectedly' })?.kind).toBe('unavailable')
})

test('what is taken names its field, where one alone is meant', () => {
  const taken = { kind: 'conflict', rule: 'already-taken' }
  const errors = [{ pointer: '/email', reason: { key: 'field.taken' } }]
  expect(refusalOf({ code: '23505', constraint: 'people_email' })).toEqual({ ...taken, errors })
  expect(refusalOf({ code: '23505', constraint: 'alignments_accepted' })).toEqual(taken)
})

test.each([
  ['23503', 'conflict'],
  ['23514', 'refused'],
  ['40P01', 'conflict'],
  ['22021', 'invalid'],
])('%s is %s', (code, kind) => {
  expect(refusalOf({ code })?.kind).toBe(kind)
})

test('a mistake of ours is none of these', () => {
  expect(refusalOf({ code: '42703' })).toBeUndefined()
  expect(refusalOf({ message: 'x is not a function' })).toBeUndefined()
})
