import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { EXIT, Stopped } from './exit.ts'
import type { Env } from './io.ts'

/** A server and the key to it. */
export type Connection = { url: string; key: string | null }

type Profile = { url: string; key: string }

/** The environment goes before what was signed in to. A key is only ever sent to the server it was given for. */
export async function connectionOf(env: Env): Promise<Connection> {
  const profile = await readProfile(env)
  const given = env.THROUGHLINE_URL?.trim()
  const url = given ? serverUrl(given) : (profile?.url ?? `http://localhost:${env.PORT?.trim() || 4000}`)
  return { url, key: env.THROUGHLINE_API_KEY?.trim() || (profile?.url === url ? profile.key : null) }
}

/** Kept for the person whose account this is, and for nobody else on the machine. */
export async function writeProfile(env: Env, profile: Profile): Promise<string> {
  const file = profileFile(env)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await rm(file, { force: true })
  await writeFile(file, `${JSON.stringify(profile, null, 2)}\n`, { mode: 0o600 })
  await chmod(file, 0o600)
  return file
}

export async function removeProfile(env: Env): Promise<void> {
  await rm(profileFile(env), { force: true })
}

/** The address of a server: its host, without a path. */
export function serverUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.origin
  throw new Stopped(EXIT.usage, 'cli.not-a-url', { url: text })
}

async function readProfile(env: Env): Promise<Profile | null> {
  const file = profileFile(env)
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return null
  try {
    const { url, key } = JSON.parse(text) as Profile
    return { url: serverUrl(url), key: String(key) }
  } catch {
    throw new Stopped(EXIT.noInput, 'cli.profile-unreadable', { file })
  }
}

function profileFile(env: Env): string {
  const home = env.HOME ?? homedir()
  const folder = process.platform === 'win32' ? (env.APPDATA ?? home) : (env.XDG_CONFIG_HOME ?? join(home, '.config'))
  return join(folder, 'throughline', 'profile.json')
}
