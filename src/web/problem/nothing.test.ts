import { expect, test } from 'vitest'
import { Refused } from '#client/client.ts'
import { isNothing } from './nothing.ts'

const refused = (problem: object) => new Refused(problem as never)

test('absent, out of sight, or an address that names nothing: there is nothing here', () => {
  expect(isNothing(refused({ status: 404 }))).toBe(true)
  expect(isNothing(refused({ status: 403 }))).toBe(true)
  expect(isNothing(refused({ status: 400, errors: [{ pointer: '#/params/id' }] }))).toBe(true)
})

test('what else went wrong is said', () => {
  expect(isNothing(refused({ status: 400, errors: [{ pointer: '/title' }] }))).toBe(false)
  expect(isNothing(refused({ status: 503 }))).toBe(false)
  expect(isNothing(new Error('Failed to fetch'))).toBe(false)
})
