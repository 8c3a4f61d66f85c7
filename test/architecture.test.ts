import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')

test('ARCHITECTURE.md names every room and every file beside them, and none that is not there', async () => {
  const tree = (await readFile(join(ROOT, 'ARCHITECTURE.md'), 'utf8')).split('```')[1] ?? ''
  const named = [...tree.matchAll(/^ {2}(\w+(?:\/|\.ts))/gm)].map((match) => match[1])
  const found = (await readdir(join(ROOT, 'src'), { withFileTypes: true })).map(
    (entry) => entry.name + (entry.isDirectory() ? '/' : ''),
  )
  expect(named.sort()).toEqual(found.sort())
})

test('every room can be imported by its name', async () => {
  const { imports } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    imports: Record<string, string>
  }
  const rooms = (await readdir(join(ROOT, 'src'), { withFileTypes: true })).filter((entry) => entry.isDirectory())
  for (const { name } of rooms) expect(imports[`#${name}/*`]).toBe(`./src/${name}/*`)
})
