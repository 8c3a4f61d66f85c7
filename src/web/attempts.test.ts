import { expect, test } from 'vitest'
import { attempts } from './attempts.ts'

const counting = () => {
  let count = 0
  return attempts(() => `key ${++count}`)
}

test('a second click while the first is under way does nothing', () => {
  const form = counting()
  expect(form.begin('an Objective')).toBe('key 1')
  expect(form.begin('an Objective')).toBe(null)
  expect(form.begin('another')).toBe(null)
})

test('sent again after an answer that never came it is the same; changed, or after an answer, it is another', () => {
  const form = counting()
  form.begin('an Objective')
  form.end(false)
  expect(form.begin('an Objective')).toBe('key 1')
  form.end(false)
  expect(form.begin('an Objective, better')).toBe('key 2')
  form.end(true)
  expect(form.begin('an Objective, better')).toBe('key 3')
})
