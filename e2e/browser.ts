import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import type { Chromium } from './chromium.ts'

/** Our own flags: the package's make it one process, which ends with the first window that is closed. */
const FLAGS = [
  '--headless=shell',
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--font-render-hinting=none',
]

export function openBrowser({ program, env }: Chromium): Promise<Browser> {
  return chromium.launch({
    executablePath: program,
    args: FLAGS,
    env: { ...process.env, ...env } as Record<string, string>,
  })
}

export const DESK = { width: 1440, height: 1000 }
export const PHONE = { width: 390, height: 844 }

/** Somebody at a machine of their own: their cookies, their language, nobody else's. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US', timezoneId: 'Europe/Oslo', viewport: DESK, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  return page
}
