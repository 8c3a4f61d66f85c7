import { expect, test } from 'vitest'
import { found } from './found.ts'

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'America/Argentina/Buenos_Aires'].map((label) => ({ label }))
const labels = (search: string, limit = 9) =>
  found(zones, search, limit).map((one) => ('label' in one ? one.label : one))

test('a place is found by any part of its name', () => {
  expect(labels('berl')).toEqual(['Europe/Berlin'])
  expect(labels('new york')).toEqual(['America/New_York'])
  expect(labels('aires arg')).toEqual(['America/Argentina/Buenos_Aires'])
  expect(labels('')).toHaveLength(4)
  expect(labels('', 2)).toEqual(['UTC', 'Europe/Berlin'])
  expect(labels('UTCberl')).toEqual([])
})

test('people are found without their accents, and groups without a match are left out', () => {
  const people = [
    { group: 'Sales', items: [{ label: 'Tomás Herrera' }, { label: 'Priya Raman' }] },
    { group: 'Product', items: [{ label: 'Jun Watanabe' }] },
  ]
  expect(found(people, 'tomas', 9)).toEqual([{ group: 'Sales', items: [{ label: 'Tomás Herrera' }] }])
})
