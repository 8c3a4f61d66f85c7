import { afterEach, expect, test } from 'vitest'
import { welcome } from '#operations/first-start.ts'
import { createSample } from '#operations/sample.ts'
import { everyOrganization } from '#store/organizations.ts'
import { type Installation, openInstallation, openOrganization } from './harness.ts'

let here: Installation
afterEach(() => here.close())

test('the first start makes the sample, and every start hands out new ways into it', async () => {
  here = await openInstallation()
  const first = await welcome(here.services, { empty: false })
  expect(first?.ways.map((way) => way.name)).toEqual(['Maya Lindqvist', 'Ingrid Solheim'])
  const second = await welcome(here.services, { empty: false })
  expect((await everyOrganization(here.store)).map((one) => one.name)).toEqual(['Marram'])
  expect(second?.ways[0]?.url).not.toBe(first?.ways[0]?.url)
  expect(second?.setUpUrl).toMatch(/\/set-up#/)
})

test('a start that is to be empty hands out the set-up link, and so does the next one', async () => {
  here = await openInstallation()
  expect(await welcome(here.services, { empty: true })).toMatchObject({
    ways: [],
    setUpUrl: expect.stringContaining('/set-up#'),
  })
  expect(await welcome(here.services, { empty: false })).toMatchObject({ ways: [] })
  expect(await everyOrganization(here.store)).toEqual([])
})

test('beside an organization of one’s own nothing is handed out any more', async () => {
  here = await openInstallation()
  await createSample(here.services)
  await openOrganization({ name: 'Ours', on: here })
  expect(await welcome(here.services, { empty: false })).toBe(null)
})
