import { buildApp } from '#api/app.ts'
import { openProduct } from '../src/product.ts'

/**
 * The product's own server, as it is shipped, on a database that is there: started as a process of its own, it says its
 * port and lives as long as whoever started it. `NOW` is when it begins, where that is not now.
 */
const { DATABASE_URL = '', NOW } = process.env
const ahead = NOW === undefined ? 0 : Date.parse(NOW) - Date.now()
const product = openProduct({
  databaseUrl: DATABASE_URL,
  publicUrl: 'http://localhost',
  secret: 'a secret of the benchmark, not of anybody',
  log: console,
  clock: () => new Date(Date.now() + ahead),
})
const app = await buildApp({
  services: product.services,
  config: { host: '127.0.0.1', trustProxy: false },
  log: false,
  webFolder: null,
})
await app.listen({ port: 0, host: '127.0.0.1' })
const address = app.server.address()
process.send?.({ port: typeof address === 'object' && address ? address.port : 0 })
process.on('disconnect', () => process.exit(0))
