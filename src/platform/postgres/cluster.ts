import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { StartupFailure } from '#platform/startup-failure.ts'
import { type Account, canEnter, closedAncestor } from './account.ts'
import type { Binaries } from './binaries.ts'
import { freePort } from './port.ts'
import { run } from './run.ts'
import { newSecrets, readSecrets, type Secrets, writeSecrets } from './secrets.ts'

/** A database cluster: PostgreSQL's own files in `data`, what it is reached by beside them in `folder`. */
export type Cluster = {
  folder: string
  data: string
  /** Shown in the title of each of its processes. */
  name: string
  account: Account | undefined
  secrets: Secrets
}

const ADMIN = 'postgres'
const DRAFT = 'postgres.draft-'

/** Where the cluster lies and what it is reached by. Makes the folder and the secrets, not yet the data. */
export async function openCluster(folder: string, account: Account | undefined): Promise<Cluster> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const real = await realpath(folder)
  if (account) await openTheWay(real, account)
  const secrets = (await readSecrets(real)) ?? newSecrets(await freePort())
  const data = join(real, 'postgres')
  const name = `throughline-${createHash('sha256').update(`${secrets.id} ${data}`).digest('hex').slice(0, 12)}`
  return { folder: real, data, name, account, secrets }
}

export function isMade(cluster: Cluster): boolean {
  return existsSync(join(cluster.data, 'PG_VERSION'))
}

/**
 * Makes the data beside its place and moves it there whole: who is killed in the middle leaves nothing half. The
 * secrets are on disk before the data that needs them.
 */
export async function makeCluster(cluster: Cluster, binaries: Binaries, fsync: boolean): Promise<void> {
  const { folder, account, secrets } = cluster
  await removeDrafts(folder)
  await writeSecrets(folder, secrets)
  const draft = await mkdtemp(join(folder, DRAFT))
  const passwordFile = join(draft, 'password')
  await writeFile(passwordFile, secrets.adminPassword, { mode: 0o600 })
  if (account) for (const path of [draft, passwordFile]) await chown(path, account.uid, account.gid)
  await run(
    binaries.initdb,
    [...initdbArguments(join(draft, 'data'), passwordFile, fsync), ...locale(binaries.major)],
    account,
  )
  await rename(join(draft, 'data'), cluster.data)
  await flush(folder)
  await rm(draft, { recursive: true, force: true })
}

/** Fit to be started by these programs; and reachable, when the secrets were lost, by new ones. */
export async function checkCluster(cluster: Cluster, binaries: Binaries): Promise<void> {
  const written = Number(await readFile(join(cluster.data, 'PG_VERSION'), 'utf8'))
  if (written !== binaries.major) {
    throw new StartupFailure(
      `The data in ${cluster.data} was written by PostgreSQL ${written}; this Throughline brings ${binaries.major}.`,
      'Start the Throughline that wrote it, and move the data by a backup.',
    )
  }
  if (await readSecrets(cluster.folder)) return
  const statement = `alter role ${ADMIN} password '${cluster.secrets.adminPassword}'\n`
  await run(binaries.postgres, ['--single', '-D', cluster.data, ADMIN], cluster.account, statement)
  await writeSecrets(cluster.folder, cluster.secrets)
}

function initdbArguments(data: string, passwordFile: string, fsync: boolean): string[] {
  return [
    `--pgdata=${data}`,
    `--username=${ADMIN}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--data-checksums',
    '--no-instructions',
    ...(fsync ? [] : ['--no-sync']),
  ]
}

/** The same order of texts on every machine, whatever libc it has; since version 17 PostgreSQL brings its own. */
function locale(major: number): string[] {
  return major < 17 ? ['--locale=C.UTF-8'] : ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
}

/** The account gets through the folder but cannot list it; what lies in it beside the data is for us alone. */
async function openTheWay(folder: string, account: Account): Promise<void> {
  if (!canEnter(folder, account)) await chmod(folder, ((await stat(folder)).mode & 0o777) | 0o011)
  const closed = closedAncestor(folder, account)
  if (!closed) return
  throw new StartupFailure(
    `PostgreSQL does not run as root, and the account it runs under (uid ${account.uid}) may not enter ${closed}.`,
    `Choose a data folder that everyone may pass through: THROUGHLINE_DATA=/var/lib/throughline`,
  )
}

async function removeDrafts(folder: string): Promise<void> {
  const drafts = (await readdir(folder)).filter((name) => name.startsWith(DRAFT))
  await Promise.all(drafts.map((name) => rm(join(folder, name), { recursive: true, force: true, maxRetries: 10 })))
}

async function flush(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}
