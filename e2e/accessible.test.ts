import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { DESK, openBrowser, openPage, PHONE } from './browser.ts'
import { firstLink, type Marram, openMarram } from './house.ts'

/** Every page, in every state that it has, in light and dark, on a desk and on a phone. */
let marram: Marram
let browser: Browser

beforeAll(async () => {
  ;[marram, browser] = await Promise.all([openMarram(), openBrowser(inject('chromium'))])
})

afterAll(async () => {
  await browser.close()
  await marram.close()
})

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Where to go, what to do there, and what to wait for. */
type State = { name: string; path: string; ready: string; act?(page: Page): Promise<unknown> }

const OUTSIDE: State[] = [
  { name: 'sign-in', path: '/sign-in', ready: 'See where your work leads.' },
  {
    name: 'sign-in refused',
    path: '/sign-in',
    ready: 'See where your work leads.',
    act: async (page) => {
      await page.getByLabel('Work e-mail').fill('maya@marram.example')
      await page.getByRole('textbox', { name: 'Password' }).fill('not my password')
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('alert').waitFor()
    },
  },
  { name: 'a link without its end', path: '/link', ready: 'This address is not complete.' },
]

const INSIDE: (Omit<State, 'path'> & { path(marram: Marram): string })[] = [
  { name: 'outline', path: () => '/', ready: 'Grow beyond our home waters' },
  { name: 'outline by group', path: () => '/?by=group', ready: 'Grow beyond our home waters' },
  {
    name: 'outline without a match',
    path: () => '/?level=company&group=none',
    ready: 'Nothing matches these filters.',
  },
  {
    name: 'Objective of the company',
    path: ({ objectives }) => `/objectives/${objectives.growth}`,
    ready: 'What serves this Objective',
  },
  {
    name: 'Objective of a group',
    path: ({ objectives }) => `/objectives/${objectives.america}`,
    ready: '$90,000 taken',
  },
  {
    name: 'Key Result',
    path: ({ keyResults }) => `/key-results/${keyResults.salesAmerica}`,
    ready: 'Nobody has checked in yet.',
  },
  { name: 'milestone', path: ({ keyResults }) => `/key-results/${keyResults.bostonPilot}`, ready: '3 of 4 steps' },
  { name: 'my line', path: () => '/me', ready: 'My line of sight' },
  { name: 'a broken line', path: ({ people }) => `/people/${people.piet}`, ready: 'is offered, and not yet accepted' },
  { name: 'people', path: () => '/people', ready: 'Tomás Herrera' },
  { name: 'nobody found', path: () => '/people?name=xyz', ready: 'Nobody’s name contains' },
  { name: 'account', path: () => '/account', ready: 'Appearance' },
  { name: 'new Objective', path: () => '/objectives/new', ready: 'Save as a draft' },
  {
    name: 'edit an Objective',
    path: ({ objectives }) => `/objectives/${objectives.america}/edit`,
    ready: 'We do this because you want that',
  },
  {
    name: 'new Key Result',
    path: ({ objectives }) => `/objectives/${objectives.america}/key-results/new`,
    ready: 'How will you know?',
  },
  {
    name: 'edit a milestone',
    path: ({ keyResults }) => `/key-results/${keyResults.bostonPilot}/edit`,
    ready: 'Add a step',
  },
  { name: 'nothing here', path: ({ people }) => `/objectives/${people.piet}`, ready: 'There is nothing here.' },
  { name: 'check-in', path: ({ keyResults }) => `/me?checkIn=${keyResults.firstCallToPilot}`, ready: 'Said on' },
  {
    name: 'check-in that adds up',
    path: ({ keyResults }) => `/me?checkIn=${keyResults.salesAmerica}`,
    ready: 'yours + what contributes = total',
  },
  {
    name: 'check-in of a milestone',
    path: ({ keyResults }) => `/me?checkIn=${keyResults.bostonPilot}`,
    ready: 'Steps that are done',
    act: (page) => page.getByLabel('It is done').check(),
  },
  {
    name: 'check-in refused',
    path: ({ keyResults }) => `/me?checkIn=${keyResults.firstCallToPilot}`,
    ready: 'Said on',
    act: async (page) => {
      await page.getByLabel('Value now, in days').fill('about twenty')
      await page.keyboard.press('Control+Enter')
      await page.locator('[aria-invalid="true"]').waitFor()
    },
  },
]

const SCHEMES = ['light', 'dark'] as const
const DEVICES = { desk: DESK, phone: PHONE }

test('before signing in', async () => {
  const page = await openPage(browser)
  for (const state of OUTSIDE) await assertAccessible(page, state)
  await assertAccessible(page, { name: 'set-up', path: await firstLink(marram), ready: 'Set up your organization.' })
})

describe('inside', () => {
  let page: Page
  const complaints: string[] = []

  beforeAll(async () => {
    page = await openPage(browser)
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) complaints.push(message.text())
    })
    await marram.enter(page, 'ingrid')
  })

  afterAll(() => expect(complaints).toEqual([]))

  test.each(INSIDE)('$name', async ({ path, ...state }) => {
    await assertAccessible(page, { ...state, path: path(marram) })
  })
})

async function assertAccessible(page: Page, { name, path, ready, act }: State): Promise<void> {
  await page.setViewportSize(DESK)
  await page.goto(path.startsWith('http') ? path : marram.url + path)
  await page.getByText(ready).first().waitFor()
  await act?.(page)
  const found: string[] = []
  for (const [device, viewport] of Object.entries(DEVICES)) {
    await page.setViewportSize(viewport)
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme })
      found.push(...(await faults(page, colorScheme)).map((fault) => `${name} (${colorScheme}, ${device}): ${fault}`))
    }
  }
  expect(found).toEqual([])
}

/** Between light and dark only colours differ. */
async function faults(page: Page, colorScheme: 'light' | 'dark'): Promise<string[]> {
  // What fades in is looked at when it is there.
  await page.evaluate('Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null)))')
  const runOnly = colorScheme === 'dark' ? ['color-contrast'] : { type: 'tag' as const, values: TAGS }
  const axe = new AxeBuilder({ page }).options({ runOnly, resultTypes: ['violations'] })
  // Without frames there is nothing to gather in a window of its own.
  const { violations } = await axe.setLegacyMode(true).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id} at ${node.target.join(' ')}: ${node.failureSummary}`),
  )
}
