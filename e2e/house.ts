import { randomBytes } from 'node:crypto'
import type { Page } from 'playwright-core'
import { inject } from 'vitest'
import { buildApp } from '#api/app.ts'
import type { PersonKey } from '#operations/sample/people.ts'
import { createSample, type Sample } from '#operations/sample.ts'
import { setUpLink, signInLink } from '#operations/sign-in-links.ts'
import { freePort } from '#platform/postgres/port.ts'
import { freshDatabase } from '#test/database.ts'
import { openProduct, type Product } from '../src/product.ts'

/** The product as people meet it: its server on a port, its pages, a database of its own. */
export type House = { url: string; product: Product; close(): Promise<void> }

/** Marram in the middle of its quarter, and the way in for everybody there. */
export type Marram = House & Sample & { enter(page: Page, person: PersonKey): Promise<void> }

const TODAY = Date.parse('2026-11-23T09:00:00Z')

export async function openHouse(): Promise<House> {
  const database = await freshDatabase()
  const port = await freePort()
  const url = `http://localhost:${port}`
  const opened = Date.now()
  const product = openProduct({
    databaseUrl: database.url,
    publicUrl: url,
    secret: randomBytes(32).toString('base64url'),
    log: console,
    clock: () => new Date(TODAY + Date.now() - opened),
  })
  const config = { host: '127.0.0.1', trustProxy: false as const }
  const app = await buildApp({ services: product.services, config, log: false, webFolder: inject('webFolder') })
  await app.listen({ port, host: '127.0.0.1' })
  return {
    url,
    product,
    close: async () => {
      await app.close()
      await product.close()
      await database.drop()
    },
  }
}

export async function openMarram(): Promise<Marram> {
  const house = await openHouse()
  const sample = await createSample(house.product.services)
  await house.product.drainer.settled(sample.organizationId)
  return { ...house, ...sample, enter: (page, person) => enter(house, sample, page, person) }
}

/** Through a one-time link, as an administrator would hand it out. */
async function enter(
  { product }: House,
  { organizationId, people }: Sample,
  page: Page,
  person: PersonKey,
): Promise<void> {
  const { services } = product
  const link = await services.store.write(organizationId, (tx) =>
    signInLink(services, tx, organizationId, people[person]),
  )
  await page.goto(link.url)
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.waitForURL('**/me')
  await page.getByRole('heading', { level: 1 }).waitFor()
}

export async function firstLink({ product }: House): Promise<string> {
  return (await setUpLink(product.services)).url
}
