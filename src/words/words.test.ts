import { expect, test } from 'vitest'
import { words } from './words.ts'

test('A draft without words is called untitled in every sentence that names it', () => {
  const say = words()
  expect(say('repair.align-to-its-objective', { above: '' })).toContain('“untitled”')
  expect(say('repair.align-to-its-objective', { above: 'Grow' })).toContain('“Grow”')
})
