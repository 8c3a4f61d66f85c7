import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openBrowser, openPage } from './browser.ts'
import { type Marram, openMarram } from './house.ts'

let marram: Marram
let browser: Browser
let priya: Page
let ben: Page

beforeAll(async () => {
  ;[marram, browser] = await Promise.all([openMarram(), openBrowser(inject('chromium'))])
  ;[priya, ben] = await Promise.all([openPage(browser), openPage(browser)])
  await Promise.all([marram.enter(priya, 'priya'), marram.enter(ben, 'ben')])
})

afterAll(async () => {
  await browser.close()
  await marram.close()
})

test('Ben offers a share of a number that Priya has reported on; she says what her reports contain, and sees it rise', async () => {
  const { objectives, keyResults, people } = marram
  const sales = keyResults.salesAmerica
  await send(priya, 'POST', `/v1/key-results/${sales}/check-ins`, { value: '20000' })
  const measure = { kind: 'increase', start: '0', target: '2', unit: 'customers' }
  const drafted = { title: 'New customers in the Great Lakes', ownerId: people.ben, measure, deadline: '2026-12-18' }
  const { id } = await send(priya, 'POST', `/v1/objectives/${objectives.america}/key-results`, drafted)
  await send(priya, 'POST', `/v1/key-results/${id}/publish`, {})
  await send(ben, 'POST', `/v1/key-results/${id}/check-ins`, { value: '1' })
  await send(ben, 'PUT', `/v1/key-results/${id}/contribution`, { toKeyResultId: sales, rollUp: 'sum', share: '60000' })

  await ben.goto(`${marram.url}/objectives/${objectives.america}/edit`)
  await ben.getByText('This is not yours to change.').waitFor()
  await ben.getByText(/Priya Raman.* may/).waitFor()
  await priya.goto(`${marram.url}/key-results/${sales}`)
  await priya.getByText('$90,000 taken, $60,000 offered, $150,000 of $300,000 still open').waitFor()
  await priya.getByRole('button', { name: /Accept.*Great Lakes/ }).click()
  await priya.getByRole('button', { name: 'No, it comes on top' }).click()
  await priya.getByText('$150,000 taken, $150,000 of $300,000 still open').waitFor()
  await priya.getByText('$20,000 reported + $30,000 from what contributes').waitFor()
  expect(await priya.getByRole('main').textContent()).toContain('$50,000')
})

async function send(page: Page, method: string, path: string, data: object): Promise<{ id: string }> {
  const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', 'if-match': '*' }
  const answer = await page.request.fetch(marram.url + path, { method, data, headers })
  if (!answer.ok()) throw new Error(await answer.text())
  return answer.json()
}
