import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { withDatabase } from '#test/throwaway-cluster.ts'
import { migrate } from './migrate.ts'

const { adminUrl, ownerUrl } = inject('cluster')
const name = `test_${randomBytes(6).toString('hex')}`
const url = withDatabase(ownerUrl, name)
let admin: pg.Client

beforeAll(async () => {
  admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query(`create database ${name} owner throughline`)
})
afterAll(async () => {
  await admin.query(`drop database ${name} with (force)`)
  await admin.end()
})

test('Several servers that start at once migrate an empty database once', async () => {
  const ran = await Promise.all([migrate(url), migrate(url), migrate(url)])
  const [first] = ran.filter((names) => names.length > 0)
  expect(ran.filter((names) => names.length === 0)).toHaveLength(2)
  expect(first?.[0]).toBe('0001-beginnings.sql')
  expect(first).toEqual(first?.toSorted())
})

test('A database that is up to date is left as it is', async () => {
  expect(await migrate(url)).toEqual([])
})

test('A database that a newer version has written is not touched', async () => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query("insert into migrations (name) values ('9999-the-future.sql')")
  await expect(migrate(url)).rejects.toThrow('newer Throughline (9999-the-future.sql)')
  await client.query("delete from migrations where name = '9999-the-future.sql'")
  await client.end()
})
