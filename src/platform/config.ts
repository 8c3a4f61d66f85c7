import { isIP } from 'node:net'
import { posix, win32 } from 'node:path'
import * as z from 'zod'
import { StartupFailure } from './startup-failure.ts'

/** Everything that an environment can say about a server. */
export type Config = {
  /** 0 is any free port. */
  port: number
  host: string
  /** Where people reach it, without a slash at the end; null is where it listens. */
  publicUrl: string | null
  /** A PostgreSQL of one's own; null is the embedded one. */
  databaseUrl: string | null
  dataFolder: string
  logLevel: (typeof LOG_LEVELS)[number]
  /** The proxies whose word about the caller's address counts. */
  trustProxy: string[] | false
}

/** What the machine says, where the environment is silent. */
export type Machine = { platform: NodeJS.Platform; home: string | undefined; root: boolean }

type Environment = Record<string, string | undefined>

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const YES = ['1', 'true', 'yes']
const NO = ['0', 'false', 'no']
const PROXY_NETWORKS = ['loopback', 'linklocal', 'uniquelocal']

const HttpUrl = z
  .string()
  .refine((text) => hasProtocol(text, ['http:', 'https:']), 'must be a web address, such as https://okr.example.org.')
  .refine((text) => !hasPath(text), 'must name only the host, without a path: Throughline lives at its root.')

const Variables = z.object({
  PORT: z
    .string()
    .refine(
      (text) => /^\d{1,5}$/.test(text) && Number(text) < 65_536,
      'must be from 1 to 65535, or 0 for any free port.',
    )
    .transform(Number)
    .default(4000),
  HOST: z
    .string()
    .refine((text) => isIP(text) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text), {
      error: 'must be an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them.',
    })
    .default('127.0.0.1'),
  PUBLIC_URL: HttpUrl.transform((text) => new URL(text).origin).optional(),
  DATABASE_URL: z
    .string()
    .refine(
      isDatabase,
      'must look like postgres://user:password@host:5432/database. Leave it out for the embedded database.',
    )
    .optional(),
  THROUGHLINE_DATA: z.string().optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}.`).default('info'),
  ALLOW_INSECURE_HTTP: z
    .enum([...YES, ...NO], 'must be yes or no.')
    .transform((text) => YES.includes(text))
    .default(false),
  TRUST_PROXY: z
    .string()
    .refine(
      (text) => networks(text).every(isNetwork),
      `must be a list of ${PROXY_NETWORKS.join(', ')} or addresses such as 10.0.0.0/8.`,
    )
    .transform(networks)
    .optional(),
})

const NAMES = Object.keys(Variables.shape)

/** What the command line reads; a server does not mind them. */
const OF_THE_COMMAND_LINE = ['THROUGHLINE_URL', 'THROUGHLINE_API_KEY']

/** Reads the whole configuration, or says of each wrong variable what it must be. An empty variable is none. */
export function readConfig(environment: Environment, machine: Machine): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()))
  const read = Variables.safeParse(given)
  const complaints = [...strangers(given), ...(read.error?.issues ?? []).map((issue) => complaint(issue, given))]
  if (!read.success || complaints.length > 0) throw new StartupFailure(complaints.join('\n'), '')
  const { PORT, HOST, PUBLIC_URL, DATABASE_URL, THROUGHLINE_DATA, LOG_LEVEL, ALLOW_INSECURE_HTTP, TRUST_PROXY } =
    read.data
  if (!ALLOW_INSECURE_HTTP) refuseInsecure(HOST, PUBLIC_URL)
  return {
    port: PORT,
    host: HOST,
    publicUrl: PUBLIC_URL ?? null,
    databaseUrl: DATABASE_URL ?? null,
    dataFolder: THROUGHLINE_DATA ? absolute(THROUGHLINE_DATA, machine) : usualFolder(given, machine),
    logLevel: LOG_LEVEL,
    trustProxy: TRUST_PROXY ?? false,
  }
}

/** Where people reach the server: as configured, else where it listens. */
export function publicUrlOf({ publicUrl, host, port }: Config): string {
  return publicUrl ?? `http://${isLoopback(host) ? 'localhost' : host}:${port}`
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host.startsWith('127.') || host === '::1' || host === '[::1]'
}

function strangers(given: Environment): string[] {
  const known = [...NAMES, ...OF_THE_COMMAND_LINE]
  const unknown = Object.keys(given).filter((name) => name.startsWith('THROUGHLINE_') && !known.includes(name))
  return unknown.map((name) => `${name} is not a setting. The settings are ${NAMES.join(', ')}.`)
}

/** The value is shown, but for the one that may hold a password. */
function complaint(issue: z.core.$ZodIssue, given: Environment): string {
  const name = String(issue.path[0])
  const shown = name === 'DATABASE_URL' ? name : `${name}=${given[name]}`
  return `${shown} ${issue.message}`
}

/** Passwords and sessions go over the wire: who wants that in clear has to say so. */
function refuseInsecure(host: string, publicUrl: string | undefined): void {
  const exposed = !isLoopback(host) || (publicUrl && !isLoopback(new URL(publicUrl).hostname))
  if (!exposed || publicUrl?.startsWith('https:')) return
  throw new StartupFailure(
    publicUrl
      ? `PUBLIC_URL=${publicUrl} would send passwords unencrypted.`
      : `HOST=${host} would let other machines send passwords unencrypted.`,
    'Set PUBLIC_URL to the https address of a proxy in front of it, or ALLOW_INSECURE_HTTP=yes in a network you trust.',
  )
}

function absolute(folder: string, { platform }: Machine): string {
  const paths = pathsOf(platform)
  if (paths.isAbsolute(folder)) return paths.normalize(folder)
  throw new StartupFailure(`THROUGHLINE_DATA=${folder} is not an absolute path.`, 'Give the folder from the root on.')
}

/** Where the platform keeps what a program stores; for root, where it keeps what a service stores. */
function usualFolder(given: Environment, { platform, home, root }: Machine): string {
  const { join, isAbsolute } = pathsOf(platform)
  if (platform === 'win32') {
    // The local one: a roaming profile would carry the database from machine to machine.
    const local = given.LOCALAPPDATA ?? given.APPDATA
    return local ? join(local, 'Throughline') : nowhere()
  }
  if (platform === 'darwin') {
    const library = root ? '/Library' : join(home ?? nowhere(), 'Library')
    return join(library, 'Application Support', 'Throughline')
  }
  if (root) return '/var/lib/throughline'
  const { XDG_DATA_HOME = '' } = given
  return join(isAbsolute(XDG_DATA_HOME) ? XDG_DATA_HOME : join(home ?? nowhere(), '.local', 'share'), 'throughline')
}

function nowhere(): never {
  throw new StartupFailure('There is no home folder to keep the data in.', 'Set THROUGHLINE_DATA to an absolute path.')
}

function pathsOf(platform: NodeJS.Platform): typeof posix {
  return platform === 'win32' ? win32 : posix
}

function hasProtocol(text: string, protocols: string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol)
}

function hasPath(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { pathname, search, hash, username } = new URL(text)
  return pathname !== '/' || `${search}${hash}${username}` !== ''
}

function isDatabase(text: string): boolean {
  return hasProtocol(text, ['postgres:', 'postgresql:']) && new URL(text).pathname.length > 1
}

function networks(text: string): string[] {
  return text.split(',').map((each) => each.trim())
}

function isNetwork(text: string): boolean {
  const [address = '', bits = '0', ...rest] = text.split('/')
  const widest = isIP(address) === 6 ? 128 : 32
  return (
    PROXY_NETWORKS.includes(text) ||
    (isIP(address) !== 0 && /^\d+$/.test(bits) && Number(bits) <= widest && !rest.length)
  )
}
