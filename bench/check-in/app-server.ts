import { buildApp } from '#api/app.ts'
import { openProduct } from '../../src/product.ts'

/** The product's own server, as it is shipped, on the benchmark's database. Started as a process of its own. */
const product = openProduct({
  databaseUrl: process.env.DATABASE_URL as string,
  publicUrl: 'http://localhost',
  secret: 'a secret of the benchmark, not of anybody',
  log: console,
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
