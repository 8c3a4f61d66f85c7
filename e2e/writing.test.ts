import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openBrowser, openPage } from './browser.ts'
import { type Marram, openMarram } from './house.ts'

let marram: Marram
let browser: Browser

beforeAll(async () => {
  ;[marram, browser] = await Promise.all([openMarram(), openBrowser(inject('chromium'))])
})

afterAll(async () => {
  await browser.close()
  await marram.close()
})

test('Priya writes an Objective that aligns to the company’s, with a Key Result; Ingrid accepts it', async () => {
  const [priya, ingrid] = await Promise.all([openPage(browser), openPage(browser)])
  await Promise.all([marram.enter(priya, 'priya'), marram.enter(ingrid, 'ingrid')])
  await priya.goto(`${marram.url}/objectives/new`)
  await priya.getByLabel('Objective', { exact: true }).fill('Be the first call of every harbour that was hit')
  await priya.getByLabel('Why').fill('After a storm they call whom they know.')
  await priya.getByRole('combobox', { name: 'Aligned to' }).click()
  await priya.getByRole('option', { name: /Grow beyond our home waters/ }).click()
  await priya.getByRole('button', { name: 'Save as a draft' }).click()
  await priya.getByRole('heading', { name: 'Be the first call of every harbour that was hit' }).waitFor()
  await priya.getByText('not yet accepted').first().waitFor()

  await priya.getByRole('link', { name: 'Add a Key Result' }).click()
  await priya.getByLabel('What is measured').fill('Harbours that call us within a week of a storm')
  await priya.getByRole('button', { name: 'Save as a draft' }).click()
  await priya.getByRole('heading', { name: 'Harbours that call us within a week of a storm' }).waitFor()
  await priya.getByRole('button', { name: 'Publish' }).click()
  await priya
    .getByRole('alert')
    .filter({ hasText: /cannot|not|missing|no /i })
    .first()
    .waitFor()
  await priya.getByRole('link', { name: 'Edit' }).click()
  await priya.getByRole('textbox', { name: 'From' }).fill('2')
  await priya.getByRole('textbox', { name: 'To', exact: true }).fill('10')
  await priya.getByRole('combobox', { name: 'Unit' }).fill('harbours')
  await priya.getByRole('button', { name: 'Save', exact: true }).click()
  await priya.getByText('Saved.').waitFor()
  await priya.getByRole('link', { name: 'Be the first call of every harbour that was hit' }).first().click()
  await priya.getByRole('button', { name: 'Publish' }).click()
  await priya.getByText('is published.').waitFor()

  await ingrid.goto(`${marram.url}/me`)
  await ingrid.getByRole('heading', { name: 'Waits for my decision' }).waitFor()
  await ingrid.getByRole('button', { name: /Accept.*Be the first call/ }).click()
  await ingrid.getByText('Accepted: Be the first call of every harbour that was hit is aligned.').waitFor()
  await priya.getByText('not yet accepted').waitFor({ state: 'detached' })
})

test('two who edit the same see both versions, and nobody is overwritten unseen', async () => {
  const [priya, ingrid] = await Promise.all([openPage(browser), openPage(browser)])
  await Promise.all([marram.enter(priya, 'priya'), marram.enter(ingrid, 'ingrid')])
  const address = `${marram.url}/objectives/${marram.objectives.america}/edit`
  await Promise.all([priya.goto(address), ingrid.goto(address)])
  await ingrid.getByLabel('Objective', { exact: true }).fill('Make Marram easy to buy for every American town')
  await ingrid.getByLabel('Why you change it').fill('All of them.')
  await ingrid.getByRole('button', { name: 'Save', exact: true }).click()
  await ingrid.getByText('Saved.').waitFor()

  await priya.getByLabel('Objective', { exact: true }).fill('Make Marram a pleasure to buy for American towns')
  await priya.getByLabel('Why you change it').fill('Easy is not enough.')
  await priya.getByRole('button', { name: 'Save', exact: true }).click()
  const both = priya.getByRole('row', { name: /Objective/ })
  await both.waitFor()
  expect(await both.getByRole('cell').allTextContents()).toEqual([
    'Make Marram a pleasure to buy for American towns',
    'Make Marram easy to buy for every American town',
  ])
  await priya.getByRole('button', { name: 'Save mine over it' }).click()
  await priya.goto(`${marram.url}/objectives/${marram.objectives.america}`)
  await priya.getByRole('heading', { name: 'Make Marram a pleasure to buy for American towns' }).waitFor()
})

test('one Save keeps the words and what they align to, and a second click makes nothing twice', async () => {
  const priya = await openPage(browser)
  await marram.enter(priya, 'priya')
  await priya.goto(`${marram.url}/objectives/new`)
  await priya.getByLabel('Objective', { exact: true }).fill('Answer every town within a day')
  await priya.getByRole('button', { name: 'Save as a draft' }).dblclick()
  await priya.getByRole('heading', { name: 'Answer every town within a day' }).waitFor()
  await priya.getByRole('link', { name: 'Edit' }).click()
  await priya.getByLabel('Why').fill('They ask us first.')
  await priya.getByRole('combobox', { name: 'Aligned to' }).click()
  await priya.getByRole('option', { name: /Grow beyond our home waters/ }).click()
  await priya.getByLabel('We do this because you want that').fill('Who is answered buys.')
  await priya.getByRole('button', { name: 'Save', exact: true }).click()
  await priya.getByText('Who is answered buys.').first().waitFor()
  await priya.getByText('They ask us first.').waitFor()
  await priya.goto(`${marram.url}/me`)
  await priya.getByRole('heading', { level: 1 }).waitFor()
  expect(
    await priya
      .getByRole('main')
      .getByRole('listitem')
      .filter({ hasText: 'Answer every town within a day' })
      .filter({ has: priya.getByRole('img') })
      .count(),
  ).toBe(1)
})

test('a draft that is thrown away leads back to its Objective', async () => {
  const priya = await openPage(browser)
  await marram.enter(priya, 'priya')
  await priya.goto(`${marram.url}/objectives/${marram.objectives.america}/key-results/new`)
  await priya.getByLabel('What is measured').fill('Harbours that ask us twice')
  await priya.getByRole('textbox', { name: 'From' }).fill('0')
  await priya.getByRole('textbox', { name: 'To', exact: true }).fill('55,5')
  await priya.getByRole('button', { name: 'Save as a draft' }).click()
  await priya.getByText('“55,5” could be read in more than one way').waitFor()
  await priya.getByRole('textbox', { name: 'To', exact: true }).fill('1,000')
  await priya.getByText('Read as the whole number 1000.').waitFor()
  await priya.getByRole('button', { name: 'Save as a draft' }).dblclick()
  await priya.getByRole('heading', { name: 'Harbours that ask us twice' }).waitFor()
  await priya.getByRole('button', { name: 'Discard' }).click()
  await priya.waitForURL(`**/objectives/${marram.objectives.america}`)
  await priya.getByText('Harbours that ask us twice is discarded.').waitFor()
  await priya.getByRole('link', { name: 'Harbours that ask us twice' }).waitFor({ state: 'detached' })
})

test('what was done is taken back with one click', async () => {
  const priya = await openPage(browser)
  await marram.enter(priya, 'priya')
  await priya.goto(`${marram.url}/key-results/${marram.keyResults.pilotToContract}`)
  await priya.getByRole('button', { name: 'Postpone' }).click()
  await priya.getByText('Postponed', { exact: true }).waitFor()
  await priya.getByRole('button', { name: 'Undo' }).click()
  await priya.getByText('Taken back.').waitFor()
  await priya.getByText('Postponed', { exact: true }).waitFor({ state: 'detached' })
})
