import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { en } from './en.ts'
import { has } from './words.ts'

const web = join(import.meta.dirname, '..', 'web')
const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts'),
)
const source = files.map((name) => readFileSync(join(web, name), 'utf8')).join('\n')
const said = [...source.matchAll(/['`](web\.[a-zA-Z.\-${}]+)['`]/g)].map(([, key]) => key ?? '')

test('every text that the web says is in the catalogue', () => {
  const plain = said.filter(
    (key) => !key.includes('$') && !has(key) && !Object.keys(en).some((known) => known.startsWith(`${key}_`)),
  )
  expect(plain).toEqual([])
})

test('every text of the web in the catalogue is said somewhere', () => {
  const patterns = said.map(
    (key) => new RegExp(`^${key.replaceAll('.', '\\.').replaceAll(/\$\{[^}]+\}/g, '[a-z-]+')}(_[a-z]+)?$`),
  )
  const unsaid = Object.keys(en).filter(
    (key) => key.startsWith('web.') && !patterns.some((pattern) => pattern.test(key)),
  )
  expect(unsaid).toEqual([])
})

test('components hold no texts of their own', () => {
  const between = [...source.matchAll(/>\s*([A-Za-z][^<>{}()=;]*)<\//g)].map(([, text]) => text?.trim())
  expect(between).toEqual([])
})
