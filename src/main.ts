import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import fastifyStatic from '@fastify/static'
import { type FastifyInstance, fastify, LogController } from 'fastify'
import { type Config, isLoopback, readConfig } from '#platform/config.ts'
import { holdDataFolder } from '#platform/data-folder.ts'
import { beginLifetime, type Lifetime, within } from '#platform/lifetime.ts'
import { logOptions } from '#platform/log.ts'
import { startPostgres } from '#platform/postgres/postgres.ts'
import { EXIT, StartupFailure } from '#platform/startup-failure.ts'

const WEB = join(import.meta.dirname, '..', 'dist', 'web')
const CLOSE_MS = 10_000

const [verb = 'serve', ...args] = process.argv.slice(2)
if (verb === 'serve') await serve(args)
else complain(new StartupFailure(`There is no verb "${verb}".`, 'Try: throughline serve'))

async function serve(args: string[]): Promise<void> {
  const life = beginLifetime(say)
  endWhenAsked(life)
  try {
    readArguments(args)
    const config = readConfig(process.env, thisMachine())
    const folder = await life.start('The data folder', () => holdDataFolder(config.dataFolder), release)
    await startDatabase(config, life)
    const app = await life.start('The server', () => makeApp(config), close)
    const url = await listen(app, config)
    await folder.announce(url)
    say(`Throughline is ready: ${url}`)
    process.send?.({ ready: url })
  } catch (error) {
    await life.end()
    complain(error)
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

async function makeApp(config: Config): Promise<FastifyInstance> {
  const app = fastify({
    logger: logOptions(config.logLevel, process.stdout),
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.trustProxy,
  })
  app.get('/healthz', async () => ({ status: 'ok' }))
  if (existsSync(WEB)) await app.register(fastifyStatic, { root: WEB })
  return app
}

async function listen(app: FastifyInstance, { port, host, publicUrl }: Config): Promise<string> {
  try {
    await app.listen({ port, host, listenTextResolver: (address) => `Listening on ${address}` })
  } catch (error) {
    throw cannotListen(error as NodeJS.ErrnoException, port, host)
  }
  const address = app.server.address()
  const taken = address && typeof address === 'object' ? address.port : port
  return publicUrl ?? `http://${isLoopback(host) ? 'localhost' : host}:${taken}`
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

/** To the person who started us; a defect of ours comes with its trace, and the launcher tries again. */
function complain(error: unknown): void {
  const expected = error instanceof StartupFailure
  console.error(expected ? error.text : error)
  process.exit(expected ? error.exitCode : EXIT.crashed)
}

function say(line: string): void {
  console.log(line)
}

function release(folder: { release(): Promise<void> }): Promise<void> {
  return folder.release()
}

function close(app: FastifyInstance): Promise<void> {
  return within(CLOSE_MS, app.close())
}
