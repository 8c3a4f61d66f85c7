import { join } from 'node:path'
import { databaseAccount } from './account.ts'
import { type Binaries, binariesIn, embeddedBinaries } from './binaries.ts'
import { type Cluster, checkCluster, isMade, makeCluster, openCluster } from './cluster.ts'
import { prepareDatabase, urlOf } from './database.ts'
import { stopLeftovers } from './orphan.ts'
import { freePort, isFree } from './port.ts'
import { writeSecrets } from './secrets.ts'
import { type Server, startServer } from './server.ts'
import { rotate } from './server-log.ts'
import { supervise } from './supervisor.ts'

const HOUR_MS = 3_600_000

export type PostgresOptions = {
  /** Everything of it lies here: `postgres/`, `postgres.json` with the passwords, `postgres.log`. Made if missing. */
  folder: string
  /** One line for a person to read, as it happens. */
  log: (line: string) => void
  /** Off only for data that may be lost, such as that of a test: several times faster to write. */
  fsync?: boolean
  /** Where another PostgreSQL is installed (its folder with `bin` and `lib`), to run that one instead. */
  programs?: string
}

export type Postgres = {
  /** The database `throughline` as its owner, the ordinary role `throughline`. */
  url: string
  /** The same database as the superuser, for what the owner may not do: databases, roles, extensions. */
  adminUrl: string
  /** The process id of the database server in its present life. */
  pid(): number
  /** Called whenever it died and answers again, on the same port. */
  onRestart(listener: () => void): void
  /** A clean stop: afterwards nothing of it runs. */
  stop(): Promise<void>
}

/**
 * Starts the embedded PostgreSQL on a folder that nobody else uses: makes the cluster on the first start, ends what an
 * earlier life left running, and brings the server back when it dies.
 *
 *   const postgres = await startPostgres({ folder: '/var/lib/throughline', log: console.log })
 *   const pool = new pg.Pool({ connectionString: postgres.url })
 *   ...
 *   await postgres.stop()
 */
export async function startPostgres({ folder, log, fsync = true, programs }: PostgresOptions): Promise<Postgres> {
  const account = databaseAccount()
  const cluster = await openCluster(folder, account)
  const embedded = () => embeddedBinaries(join(cluster.folder, 'postgres-programs'), account)
  const binaries = await (programs ? binariesIn(programs) : embedded())
  if (await stopLeftovers(cluster, binaries)) log('Stopped the database server that an earlier run had left behind.')
  await rotate(cluster.folder)
  await readyToStart(cluster, binaries, fsync)
  const start = () => startServer(cluster, binaries, fsync)
  const first = await startOnFreePort(cluster, start)
  const supervised = supervise(first, { log, start, clear: () => stopLeftovers(cluster, binaries) })
  try {
    await prepareDatabase(cluster)
  } catch (error) {
    await supervised.stop()
    throw error
  }
  setInterval(() => rotate(cluster.folder).catch(() => undefined), HOUR_MS).unref()
  return { url: urlOf(cluster, 'owner'), adminUrl: urlOf(cluster, 'admin'), ...supervised }
}

async function readyToStart(cluster: Cluster, binaries: Binaries, fsync: boolean): Promise<void> {
  if (isMade(cluster)) await checkCluster(cluster, binaries)
  else await makeCluster(cluster, binaries, fsync)
}

/** The port of last time, unless somebody has taken it since. */
async function startOnFreePort(cluster: Cluster, start: () => Promise<Server>): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    if (!(await isFree(cluster.secrets.port))) await moveTo(await freePort(), cluster)
    try {
      return await start()
    } catch (error) {
      if (attempt === 3 || (await isFree(cluster.secrets.port))) throw error
    }
  }
}

async function moveTo(port: number, cluster: Cluster): Promise<void> {
  cluster.secrets.port = port
  await writeSecrets(cluster.folder, cluster.secrets)
}
