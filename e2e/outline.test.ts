import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openBrowser, openPage } from './browser.ts'
import { type Marram, openMarram } from './house.ts'

let marram: Marram
let browser: Browser
let page: Page

beforeAll(async () => {
  ;[marram, browser] = await Promise.all([openMarram(), openBrowser(inject('chromium'))])
  page = await openPage(browser)
  await marram.enter(page, 'maya')
})

afterAll(async () => {
  await browser.close()
  await marram.close()
})

const focused = () => page.evaluate('document.activeElement.innerText.split("\\n")[0]')

test('arrows walk the tree, fold and unfold it; Enter opens, and Back returns', async () => {
  await page.goto(marram.url)
  const top = page.getByRole('row', { name: /Grow beyond our home waters/ })
  await top.focus()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => top.getAttribute('aria-expanded')).toBe('false')
  await page.keyboard.press('ArrowDown')
  await expect.poll(focused).toBe('Be the warning that people act on')
  await page.keyboard.press('ArrowUp')
  await expect.poll(focused).toBe('Grow beyond our home waters')
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => top.getAttribute('aria-expanded')).toBe('true')
  await page.keyboard.press('ArrowRight')
  await expect.poll(focused).toBe('New sales')
  await page.keyboard.press('ArrowDown')
  await expect.poll(focused).toBe('Make Marram easy to buy for American towns')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Make Marram easy to buy for American towns' }).waitFor()
  expect(await page.title()).toBe('Make Marram easy to buy for American towns · Throughline')
  await expect.poll(focused).toBe('Make Marram easy to buy for American towns')
  await page.goBack()
  await top.waitFor()
})

test('what is shown stands in the address', async () => {
  await page.goto(marram.url)
  await page.getByRole('combobox', { name: 'Level' }).selectOption('company')
  await page.getByRole('row', { name: /Make Marram easy/ }).waitFor({ state: 'detached' })
  expect(page.url()).toContain('level=company')
  await page.reload()
  await page
    .getByRole('row', { name: /Be the warning/ })
    .first()
    .waitFor()
  expect(await page.getByRole('row', { name: /Make Marram easy/ }).count()).toBe(0)
})

test('several thousand rows are there at once, and only those near the eye exist', async () => {
  await pretend(page, 800, 4)
  await page.goto(marram.url)
  await page
    .getByRole('row', { name: /Objective 1 / })
    .first()
    .waitFor()
  expect(Number(await page.getByRole('treegrid').getAttribute('aria-rowcount'))).toBe(4001)
  await page
    .getByRole('row', { name: /Objective 1 / })
    .first()
    .focus()
  await page.keyboard.press('End')
  await page.getByRole('row', { name: /Key Result 3200 / }).waitFor()
  await expect.poll(focused).toBe('Key Result 3200 of many')
  expect(await page.locator('[data-index]').count()).toBeLessThan(60)
  await page.unroute('**/v1/objectives?*')
  await page.unroute('**/v1/key-results?*')
})

/** So many Objectives, each with so many Key Results, as the server would answer. */
async function pretend(page: Page, objectives: number, each: number): Promise<void> {
  for (const [noun, count] of [
    ['objectives', objectives],
    ['key-results', objectives * each],
  ] as const) {
    await page.route(`**/v1/${noun}?*`, async (route) => {
      const answer = await route.fetch()
      const { items } = await answer.json()
      const quarter = items.length > 0
      const many = Array.from({ length: quarter ? count : 0 }, (_, index) => ({
        ...items[0],
        id: idOf(noun, index),
        title: `${noun === 'objectives' ? 'Objective' : 'Key Result'} ${index + 1} of many`,
        ...(noun === 'objectives'
          ? { alignedToId: null, alignment: null, level: 'company' }
          : { objectiveId: idOf('objectives', Math.floor(index / each)) }),
      }))
      await route.fulfill({ json: { items: many, nextCursor: null } })
    })
  }
}

function idOf(noun: string, index: number): string {
  return `00000000-0000-7000-8000-${noun === 'objectives' ? '0' : '1'}${String(index).padStart(11, '0')}`
}
