import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buildAdministration } from '#api/administration.ts'
import { type Answer, callSocket } from '#platform/administration-socket.ts'
import { type Config, publicUrlOf } from '#platform/config.ts'
import { holdDataFolder } from '#platform/data-folder.ts'
import { beginLifetime, type Lifetime } from '#platform/lifetime.ts'
import { startPostgres } from '#platform/postgres/postgres.ts'
import { EXIT, StartupFailure } from '#platform/startup-failure.ts'
import { migrate } from '#store/migrate.ts'
import { openProduct } from './product.ts'

/** Something that only whoever may read the data folder does: by the server that runs on it, else without one. */
export async function administer(config: Config, name: string, input: unknown): Promise<Answer> {
  const path = `/${name}`
  const answered = await callSocket(config.dataFolder, path, input)
  if (answered) return answered
  const life = beginLifetime(tell)
  try {
    return await alone(config, life, path, input)
  } catch (error) {
    // Somebody started a server meanwhile.
    const late = isBusy(error) ? await callSocket(config.dataFolder, path, input) : undefined
    if (late) return late
    throw error
  } finally {
    await life.end()
  }
}

/** The database alone, for the length of one call. */
async function alone(config: Config, life: Lifetime, path: string, input: unknown): Promise<Answer> {
  const databaseUrl = config.databaseUrl ?? (await startDatabase(config, life))
  await migrate(databaseUrl).catch((error: NodeJS.ErrnoException) => {
    throw error.code?.startsWith('E') ? unreachable(error.code) : error
  })
  // Nobody signs in here: what signs sessions is not needed.
  const secret = randomBytes(32).toString('base64url')
  const options = { databaseUrl, publicUrl: publicUrlOf(config), secret, log: console }
  const product = await life.start(
    'The product',
    async () => openProduct(options),
    (made) => made.close(),
  )
  const app = buildAdministration(product.services, false)
  const { statusCode, body } = await app.inject({
    method: 'POST',
    url: path,
    payload: JSON.stringify(input),
    headers: JSON_BODY,
  })
  await app.close()
  return { status: statusCode, body }
}

const JSON_BODY = { 'content-type': 'application/json' }

async function startDatabase({ dataFolder }: Config, life: Lifetime): Promise<string> {
  if (!existsSync(join(dataFolder, 'postgres', 'PG_VERSION'))) {
    throw new StartupFailure(
      `There is no data of Throughline in ${dataFolder}.`,
      'Start it there first, or set THROUGHLINE_DATA or DATABASE_URL as for the server.',
    )
  }
  await life.start(
    'The data folder',
    () => holdDataFolder(dataFolder),
    (folder) => folder.release(),
  )
  const postgres = await life.start(
    'The database',
    () => startPostgres({ folder: dataFolder, log: tell }),
    (made) => made.stop(),
  )
  return postgres.url
}

function unreachable(code: string): StartupFailure {
  return new StartupFailure(`The database cannot be reached (${code}).`, 'Is DATABASE_URL the same as for the server?')
}

function isBusy(error: unknown): boolean {
  return error instanceof StartupFailure && error.exitCode === EXIT.busy
}

/** The output belongs to the answer. */
function tell(line: string): void {
  console.error(line)
}
