import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { FastifyInstance } from 'fastify'
import { startAdministration } from '#api/administration.ts'
import { buildApp } from '#api/app.ts'
import { letGo } from '#jobs/leaving.ts'
import { startMidnight } from '#jobs/midnight.ts'
import { startNightly } from '#jobs/nightly.ts'
import { type Welcome, welcome } from '#operations/first-start.ts'
import { type Config, publicUrlOf, readConfig } from '#platform/config.ts'
import { holdDataFolder } from '#platform/data-folder.ts'
import { beginLifetime, type Lifetime, within } from '#platform/lifetime.ts'
import { logOptions } from '#platform/log.ts'
import { freePort } from '#platform/postgres/port.ts'
import { startPostgres } from '#platform/postgres/postgres.ts'
import { installationSecret } from '#platform/secret.ts'
import { StartupFailure } from '#platform/startup-failure.ts'
import { unreachable } from '#platform/unreachable.ts'
import { migrate } from '#store/migrate.ts'
import { words } from '#words/words.ts'
import { openProduct, type Product } from './product.ts'

const WEB = join(import.meta.dirname, '..', 'dist', 'web')
const CLOSE_MS = 10_000

/** Starts everything, in order, each part ended in the opposite order; a first start tells what it does. */
export async function serve(args: string[]): Promise<void> {
  const life = beginLifetime(say)
  endWhenAsked(life)
  try {
    const { empty } = readArguments(args)
    const config = await withPort(readConfig(process.env, thisMachine()))
    const publicUrl = publicUrlOf(config)
    const folder = await life.start('The data folder', () => holdDataFolder(config.dataFolder), release)
    await assertFree(config)
    const { url: databaseUrl } = await startDatabase(config, life)
    const product = await life.start('The product', () => startProduct(config, databaseUrl, publicUrl), close)
    const welcomed = await welcome(product.services, { empty })
    const app = await life.start('The server', () => makeApp(config, product), close)
    await life.start('The administration', () => makeAdministration(config, product), stop)
    await life.start('The nightly queue', () => startNightly(databaseUrl, product.services, console), stop)
    await life.start(
      'The end of each day',
      async () => startMidnight(product.services, product.drainer.drain, console),
      async (midnight) => midnight.stop(),
    )
    await listen(app, config)
    await folder.announce(publicUrl)
    say(`Throughline is ready: ${publicUrl}`)
    if (welcomed) greet(welcomed)
    process.send?.({ ready: publicUrl })
  } catch (error) {
    await life.end()
    throw error
  }
}

/** Flags of `npm start -- ...`. */
function readArguments(args: string[]): { empty: boolean } {
  try {
    const { values } = parseArgs({ args, options: { empty: { type: 'boolean', default: false } } })
    return values
  } catch (error) {
    throw new StartupFailure((error as Error).message, 'The one option of "serve" is --empty.')
  }
}

function thisMachine() {
  return { platform: process.platform, home: homedir(), root: process.getuid?.() === 0 }
}

/** The embedded one, unless there is one already. */
async function startDatabase({ databaseUrl, dataFolder }: Config, life: Lifetime): Promise<{ url: string }> {
  if (databaseUrl) return { url: databaseUrl }
  return life.start(
    'The database',
    () => startPostgres({ folder: dataFolder, log: say }),
    (postgres) => postgres.stop(),
  )
}

async function startProduct(config: Config, databaseUrl: string, publicUrl: string): Promise<Product> {
  const ran = await migrate(databaseUrl).catch((error) => {
    throw (config.databaseUrl && unreachable(error, config.databaseUrl)) || error
  })
  if (ran.length > 0) say(`The database is up to date (${ran.length === 1 ? ran[0] : `${ran.length} migrations`}).`)
  const secret = await installationSecret(config.dataFolder)
  const product = openProduct({ databaseUrl, publicUrl, secret, log: console })
  await product.drainer.sweep()
  await letGo(product.services, console)
  return product
}

function makeApp(config: Config, { services }: Product): Promise<FastifyInstance> {
  const log = logOptions(config.logLevel, process.stdout)
  return buildApp({ services, config, log, webFolder: existsSync(WEB) ? WEB : null })
}

/** Until there is an organization of theirs, whoever starts the server is shown the ways in, each alone on its line. */
function greet({ setUpUrl, ways }: Welcome): void {
  const text = words()
  if (ways.length > 0) say(text('welcome.sample'))
  for (const { name, grade, url } of ways) say(`  ${text('welcome.way', { name, grade })}\n  ${url}`)
  say(`${text(ways.length > 0 ? 'welcome.own' : 'welcome.empty')}\n  ${setUpUrl}`)
}

function makeAdministration({ dataFolder, logLevel }: Config, { services }: Product) {
  return startAdministration({ services, folder: dataFolder, log: logOptions(logLevel, process.stdout) })
}

/** Any free port is found before anything is told the address. */
async function withPort(config: Config): Promise<Config> {
  return config.port === 0 ? { ...config, port: await freePort() } : config
}

/** Looked at before the database is started and changed: another program may have the port. */
async function assertFree({ port, host }: Config): Promise<void> {
  const probe = createServer().listen({ port, host, exclusive: true })
  try {
    await once(probe, 'listening')
  } catch (error) {
    throw cannotListen(error as NodeJS.ErrnoException, port, host)
  }
  probe.close()
  await once(probe, 'close')
}

async function listen(app: FastifyInstance, { port, host }: Config): Promise<void> {
  try {
    await app.listen({ port, host, listenTextResolver: (address) => `Listening on ${address}` })
  } catch (error) {
    throw cannotListen(error as NodeJS.ErrnoException, port, host)
  }
}

function cannotListen(error: NodeJS.ErrnoException, port: number, host: string): Error {
  if (error.code === 'EADDRINUSE') {
    return new StartupFailure(
      `PORT=${port} is taken by another program.`,
      `Choose another one: PORT=${port + 1} npm start`,
    )
  }
  if (error.code === 'EACCES')
    return new StartupFailure(`PORT=${port} is for privileged programs.`, 'Choose one above 1023.')
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new StartupFailure(`HOST=${host} is not an address of this machine.`, 'Leave it out, or set it to 0.0.0.0.')
  }
  return error
}

/** A signal, or the end of the launcher that started us. */
function endWhenAsked(life: Lifetime): void {
  const end = async () => {
    await life.end()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end)
  if (process.connected) process.on('disconnect', end)
}

function say(line: string): void {
  console.log(line)
}

function release(folder: { release(): Promise<void> }): Promise<void> {
  return folder.release()
}

function stop(part: { stop(): Promise<void> }): Promise<void> {
  return within(CLOSE_MS, part.stop())
}

function close(part: { close(): Promise<unknown> }): Promise<void> {
  return within(
    CLOSE_MS,
    part.close().then(() => undefined),
  )
}
