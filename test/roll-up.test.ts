import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Installation, openInstallation, openOrganization } from './harness.ts'
import { openRandomCompany } from './random-company.ts'

let installation: Installation
beforeAll(async () => {
  installation = await openInstallation()
})
afterAll(() => installation.close())

const COMPANIES = 20
const STEPS = 200
const done = new Map<string, number>()

test.each(Array.from({ length: COMPANIES }, (_, index) => index + 1))(
  'Whatever company %i does, its figures are what the Arithmetic says, to the last place',
  { timeout: 120_000 },
  async (seed) => {
    const company = await openRandomCompany(await openOrganization({ on: installation }), seed)
    try {
      for (let step = 1; step <= STEPS; step++) {
        await company.step()
        if (step % 10 === 0) await company.check()
      }
    } finally {
      await company.close()
    }
    for (const [what, count] of company.tally) done.set(what, (done.get(what) ?? 0) + count)
  },
)

test('Between them the companies have done everything that moves a figure', () => {
  const verbs = ['publish', 'close', 'reopen', 'postpone', 'resume', 'cancel', 'discard']
  const all = [
    ...verbs.flatMap((verb) => [`objectives.${verb}`, `key-results.${verb}`]),
    ...['objectives.align', 'objectives.accept-alignment', 'objectives.end-alignment'],
    ...['key-results.edit', 'check-ins.make', 'key-results.contribute', 'key-results.accept-contribution'],
    ...['key-results.decline-contribution', 'key-results.end-contribution', 'changes.undo'],
    ...['key-results.contribute refused: already-asked', 'key-results.end-contribution refused: already-asked'],
  ]
  expect(all.filter((what) => !done.has(what))).toEqual([])
})
