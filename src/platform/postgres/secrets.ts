import { randomBytes } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'

/** What a cluster is reached by; `id` tells its processes from those of a copy of it. */
export type Secrets = { id: string; port: number; adminPassword: string; password: string }

const FILE = 'postgres.json'

export async function readSecrets(folder: string): Promise<Secrets | undefined> {
  const text = await readFile(join(folder, FILE), 'utf8').catch(() => '')
  return text.trim() ? (JSON.parse(text) as Secrets) : undefined
}

/** Replaced whole and flushed: a password that is lost locks us out of the data. */
export async function writeSecrets(folder: string, secrets: Secrets): Promise<void> {
  const draft = join(folder, `${FILE}.draft`)
  const file = await open(draft, 'w', 0o600)
  try {
    await file.chmod(0o600)
    await file.writeFile(`${JSON.stringify(secrets, null, 2)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, join(folder, FILE))
}

export function newSecrets(port: number): Secrets {
  return { id: secret(6), port, adminPassword: secret(24), password: secret(24) }
}

function secret(bytes: number): string {
  return randomBytes(bytes).toString('hex')
}
