import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openBrowser, openPage } from './browser.ts'
import { firstLink, type House, type Marram, openHouse, openMarram } from './house.ts'

let marram: Marram
let empty: House
let browser: Browser

beforeAll(async () => {
  ;[marram, empty, browser] = await Promise.all([openMarram(), openHouse(), openBrowser(inject('chromium'))])
})

afterAll(async () => {
  await browser.close()
  await Promise.all([marram.close(), empty.close()])
})

const PASSWORD = 'a tide table from 1953'

test('Maya comes in by a one-time link, sets a password, and comes back with it', async () => {
  const page = await openPage(browser)
  await marram.enter(page, 'maya')
  await page.goto(`${marram.url}/account`)
  await page.getByRole('textbox', { name: 'New password' }).fill('short')
  await page.getByRole('button', { name: 'Set a password' }).click()
  await page.locator('[aria-invalid="true"]').waitFor()
  await page.getByRole('textbox', { name: 'New password' }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Set a password' }).click()
  await page.getByText('Your password is set.').waitFor()

  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByText('See where your work leads.').waitFor()
  await signIn(page, 'not the password')
  await page.getByRole('alert').waitFor()
  await signIn(page, PASSWORD)
  await page.getByRole('heading', { name: 'Everything we set out to do' }).waitFor()
})

test('whoever is not signed in is asked to, and then stands where they wanted to go', async () => {
  const page = await openPage(browser)
  await page.goto(`${marram.url}/objectives/${marram.objectives.america}`)
  await page.getByText('Sign in to go on where you were.').waitFor()
  await signIn(page, PASSWORD)
  await page.getByRole('heading', { name: 'Make Marram easy to buy for American towns' }).waitFor()
})

test('a session that ends meanwhile leads to the sign-in and back, and what was being written is still there', async () => {
  const page = await openPage(browser)
  await page.goto(`${marram.url}/me?checkIn=${marram.keyResults.firstCallToPilot}`)
  await signIn(page, PASSWORD)
  await page
    .getByLabel('What changed, in a sentence')
    .fill('The harbour master of Salem has asked for a second station.')
  await page.getByLabel('Value now, in days').fill('21')
  await page.context().clearCookies()
  await page.keyboard.press('Control+Enter')
  await page.getByText('Sign in to go on where you were.').waitFor()
  await signIn(page, PASSWORD)
  await page.getByLabel('What changed, in a sentence').waitFor()
  expect(await page.getByLabel('What changed, in a sentence').inputValue()).toBe(
    'The harbour master of Salem has asked for a second station.',
  )
  await page.getByLabel('Value now, in days').focus()
  await page.keyboard.press('Control+Enter')
  await page.getByText('Time from first call to pilot, Northeast: checked in, 21 days.').waitFor()
})

test('who belongs to several organizations says which, and can change it', async () => {
  const page = await openPage(browser)
  await page.goto(`${marram.url}/sign-in`)
  await signIn(page, PASSWORD)
  await page.getByRole('heading', { name: 'Everything we set out to do' }).waitFor()
  const made = { name: 'Rowing club', timeZone: 'Europe/Oslo' }
  const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }
  expect((await page.request.post(`${marram.url}/v1/organizations`, { data: made, headers })).status()).toBe(201)
  await page.goto(`${marram.url}/account`)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await signIn(page, PASSWORD)
  await page.getByRole('heading', { name: 'Which organization?' }).waitFor()
  await page.getByRole('button', { name: 'Rowing club' }).click()
  await page.getByText('Rowing club, 1 person').waitFor()
  await page.reload()
  await page.getByText('Rowing club, 1 person').waitFor()
  await page.goto(`${marram.url}/account`)
  await page.getByRole('button', { name: 'Marram' }).click()
  await page.getByText('Marram, 13 people').waitFor()
})

test('a one-time link works once', async () => {
  const page = await openPage(browser)
  const again = await openPage(browser)
  let link = ''
  page.on('request', (request) => {
    if (request.url().includes('/v1/session/link')) link = JSON.parse(request.postData() ?? '{}').token
  })
  await marram.enter(page, 'noor')
  await again.goto(`${marram.url}/link#${link}`)
  await again.getByText('This link opens nothing any more.').waitFor()
})

test('an installation is set up from its first link to its first Objective', async () => {
  const page = await openPage(browser)
  await page.goto(empty.url)
  await page.getByText('There is no organization here yet.').waitFor()
  await page.goto(`${empty.url}/set-up`)
  await page.getByText('This address is not complete.').waitFor()
  const link = await firstLink(empty)
  await page.goto(link)
  await page.getByLabel('Name of your organization').waitFor()
  expect(page.url()).toBe(`${empty.url}/set-up`)
  await page.reload()
  await page.getByLabel('Name of your organization').fill('Tern & Daughters')
  const timeZone = page.getByRole('combobox', { name: 'Time zone' })
  await timeZone.focus()
  await page.keyboard.type('new york')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  expect(await timeZone.inputValue()).toBe('America/New_York')
  await page.getByLabel('Your name').fill('Astrid Tern')
  await page.getByLabel('Work e-mail').fill('astrid@tern.example')
  await page.getByRole('textbox', { name: 'Password' }).fill('short')
  await page.getByRole('button', { name: 'Set up' }).click()
  await page.locator('[aria-invalid="true"]').waitFor()
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Set up' }).click()

  await page.getByText('Nothing is written yet.').waitFor()
  await page.getByRole('link', { name: 'Write the first Objective' }).click()
  await page.getByRole('button', { name: 'Open this cycle' }).click()
  await page.getByLabel('Objective', { exact: true }).fill('Bring the birds back to the estuary')
  await page.getByLabel('Why').fill('Where they nest, the water is well.')
  await page.getByRole('button', { name: 'Save as a draft' }).click()
  await page.getByRole('heading', { name: 'Bring the birds back to the estuary' }).waitFor()
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByText('Bring the birds back to the estuary is published.').waitFor()

  const later = await openPage(browser)
  await later.goto(link)
  await later.getByText('This link opens nothing any more.').waitFor()
})

async function signIn(page: Page, password: string): Promise<void> {
  await page.getByLabel('Work e-mail').fill('maya@marram.example')
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}
