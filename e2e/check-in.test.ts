import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { DESK, openBrowser, openPage, PHONE } from './browser.ts'
import { type Marram, openMarram } from './house.ts'

let marram: Marram
let browser: Browser
let maya: Page

beforeAll(async () => {
  ;[marram, browser] = await Promise.all([openMarram(), openBrowser(inject('chromium'))])
  maya = await openPage(browser)
  await marram.enter(maya, 'maya')
})

afterAll(async () => {
  await browser.close()
  await marram.close()
})

test('with the keyboard alone: from the outline to a saved check-in, and back to the row', async () => {
  await maya.goto(marram.url)
  const row = maya.getByRole('row', { name: /Time from first call to pilot/ })
  await row.waitFor()
  await maya.getByRole('row', { name: /Grow beyond our home waters/ }).focus()
  while (!(await hasFocus(row))) await maya.keyboard.press('ArrowDown')
  await maya.keyboard.press('u')
  await maya.getByLabel('Value now, in days').waitFor()
  await maya.keyboard.type('20')
  await maya.keyboard.press('Enter')
  await maya.keyboard.type('9')
  await maya.keyboard.press('Tab')
  await maya.keyboard.type('Two towns decided on the day of the visit.')
  await maya.keyboard.press('Control+Enter')
  await maya.getByText('checked in, 20 days').waitFor()
  await row.getByText('20 days').waitFor()
  expect(await hasFocus(row)).toBe(true)
  await expect.poll(() => row.textContent()).toContain('Confidence 9')
})

test('a number that is none is said beside its field, and nothing is lost', async () => {
  await maya.goto(`${marram.url}/me?checkIn=${marram.keyResults.firstCallToPilot}`)
  await maya.getByLabel('Value now, in days').fill('about twenty')
  await maya.getByLabel('What changed, in a sentence').fill('Salem is still reading.')
  await maya.keyboard.press('Control+Enter')
  const value = maya.getByLabel('Value now, in days')
  await maya.locator('[aria-invalid="true"]').waitFor()
  const described = (await value.getAttribute('aria-describedby')) ?? ''
  expect(await maya.locator(`[id="${described.split(' ').at(-1)}"]`).textContent()).toMatch(/12\.5 .*12,500/)
  expect(await maya.getByLabel('What changed, in a sentence').inputValue()).toBe('Salem is still reading.')
  expect(await maya.getByRole('dialog').getByRole('img').getAttribute('aria-label')).toMatch(/^20 days/)
  await maya.keyboard.press('Escape')
})

test('a slip is corrected by a check-in that says so', async () => {
  await maya.goto(`${marram.url}/key-results/${marram.keyResults.firstCallToPilot}`)
  await maya.getByRole('link', { name: 'Correct' }).first().click()
  await maya.getByText('Correct a check-in').waitFor()
  expect(await maya.getByLabel('Value now, in days').inputValue()).toBe('20')
  await maya.getByLabel('Value now, in days').fill('21')
  await maya.getByRole('button', { name: 'Save the correction' }).click()
  await maya.getByText('a correction').waitFor()
  await maya.getByText('corrected later').waitFor()
  await maya.getByText('21 days').first().waitFor()
})

test('a milestone takes its steps, and its evidence before it is done', async () => {
  await maya.goto(`${marram.url}/key-results/${marram.keyResults.bostonPilot}`)
  await beginCheckIn()
  await maya.getByLabel('It is done').check()
  await maya.keyboard.press('Control+Enter')
  await maya.locator('[aria-invalid="true"]').waitFor()
  await maya.getByLabel('Evidence that it is done').fill('Letter of 20 November, in the folder of the pilot.')
  await maya.keyboard.press('Control+Enter')
  await maya.getByText('Boston harbour pilot signed off: checked in, done.').waitFor()
})

test('what is reported without a network is sent when it is back, once', async () => {
  await maya.goto(`${marram.url}/key-results/${marram.keyResults.customersNortheast}`)
  await beginCheckIn()
  await maya.getByLabel('Value now, in customers').waitFor()
  await maya.context().setOffline(true)
  await maya.getByLabel('Value now, in customers').fill('1')
  await maya.keyboard.press('Control+Enter')
  await maya.getByText('You are offline. What you see may be older').waitFor()
  await maya.getByText('1 customers').first().waitFor()
  await maya.context().setOffline(false)
  await maya.getByText('New customers in the US Northeast: checked in, 1 customers.').waitFor()
  await maya.reload()
  const reported = maya.getByRole('listitem').filter({ hasText: /^Nov 23/ })
  await reported.first().waitFor()
  expect(await reported.count()).toBe(1)
})

test('a long address widens no page, and a notice lies over nothing that one would press next', async () => {
  const address = `https://marram.example/${'pilot-'.repeat(60)}`
  await maya.goto(`${marram.url}/key-results/${marram.keyResults.customersNortheast}`)
  await beginCheckIn()
  await maya.getByLabel('Value now, in customers').fill('2')
  await maya.getByLabel('What changed, in a sentence').fill(address)
  await maya.keyboard.press('Control+Enter')
  await maya.getByText('checked in').waitFor()
  await beginCheckIn()
  await maya.getByText('Said on').waitFor()
  for (const viewport of [DESK, PHONE]) {
    await maya.setViewportSize(viewport)
    expect(await maya.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
    const submit = maya.getByRole('dialog').getByRole('button', { name: 'Check in' })
    await submit.click({ trial: true, timeout: 2000 })
    for (const name of ['9', '10'])
      expect((await maya.getByRole('radio', { name, exact: true }).boundingBox())?.x).toBeLessThan(viewport.width - 20)
  }
  await maya.keyboard.press('Escape')
  await maya.setViewportSize(PHONE)
  expect(await maya.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
  await maya.setViewportSize(DESK)
})

/** By its key, once the page is there. */
async function beginCheckIn(): Promise<void> {
  await maya.getByRole('link', { name: 'Check in' }).waitFor()
  await maya.keyboard.press('u')
}

function hasFocus(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => element === element.ownerDocument.activeElement)
}
