import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openBrowser, openPage } from './browser.ts'
import { type Marram, openMarram } from './house.ts'

/** Growth, cascaded: the one who does the work reports, and the whole line moves before everybody's eyes. */
let marram: Marram
let browser: Browser

beforeAll(async () => {
  ;[marram, browser] = await Promise.all([openMarram(), openBrowser(inject('chromium'))])
})

afterAll(async () => {
  await browser.close()
  await marram.close()
})

test('Maya closes two customers, and Daniel sees his number move without touching anything', async () => {
  const [maya, daniel, priya] = await Promise.all([openPage(browser), openPage(browser), openPage(browser)])
  await Promise.all([marram.enter(maya, 'maya'), marram.enter(daniel, 'daniel'), marram.enter(priya, 'priya')])
  await daniel.goto(`${marram.url}/key-results/${marram.keyResults.sales}`)
  await priya.goto(`${marram.url}/key-results/${marram.keyResults.salesAmerica}`)
  await maya.goto(`${marram.url}/key-results/${marram.keyResults.customersNortheast}`)
  await daniel.getByText('$0 reported + $0 from what contributes').waitFor()
  await daniel.getByText('$900,000 taken, $100,000 of $1,000,000 still open').waitFor()
  await daniel.evaluate('window.untouched = true')

  await maya.getByRole('link', { name: 'Check in' }).waitFor()
  await maya.keyboard.press('u')
  await maya.getByLabel('Value now, in customers').fill('2')
  await maya.getByRole('radio', { name: '7' }).check({ force: true })
  await maya.getByLabel('What changed, in a sentence').fill('Newport and Salem signed on the same day.')
  await maya.keyboard.press('Control+Enter')
  await maya.getByText('New customers in the US Northeast: checked in, 2 customers.').waitFor()
  await maya.getByText('67% of the way').first().waitFor()

  await daniel.getByText('$0 reported + $60,000 from what contributes').waitFor()
  await daniel.getByText('6% of the way').first().waitFor()
  expect(await daniel.locator('[data-changed]').first().textContent()).toBe('$60,000')
  await priya.getByText('$0 reported + $60,000 from what contributes').waitFor()
  await priya.getByText('20% of the way').first().waitFor()
  await priya.getByText('$90,000 taken, $210,000 of $300,000 still open').waitFor()
  expect(await daniel.evaluate('window.untouched')).toBe(true)
})

test('her page shows her line up to the Objective of the company', async () => {
  const maya = await openPage(browser)
  await marram.enter(maya, 'maya')
  await maya.goto(`${marram.url}/me`)
  const line = maya
    .getByRole('list', { name: 'My line of sight' })
    .filter({ hasText: 'New customers in the US Northeast' })
  await line.waitFor()
  expect(await line.getByRole('link').allTextContents()).toEqual([
    'Grow beyond our home waters',
    'Make Marram easy to buy for American towns',
    'Win the harbours of the Northeast that have seen the water come',
    'New customers in the US Northeast',
  ])
})

test('the Objective of the company stands at six percent in the outline', async () => {
  const ingrid = await openPage(browser)
  await marram.enter(ingrid, 'ingrid')
  await ingrid.goto(marram.url)
  const row = ingrid.getByRole('row', { name: /Grow beyond our home waters/ })
  expect(await row.getByRole('img').getAttribute('aria-label')).toBe('6% of the way, over its Key Results')
})
