import { randomBytes } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'

const FILE = 'secret'

/** What signs the sessions of this installation: made on the first start, readable by its owner alone. */
export async function installationSecret(folder: string): Promise<string> {
  const kept = (await readFile(join(folder, FILE), 'utf8').catch(() => '')).trim()
  if (kept.length >= 32) return kept
  const secret = randomBytes(32).toString('base64url')
  const draft = join(folder, `${FILE}.draft`)
  const file = await open(draft, 'w', 0o600)
  try {
    await file.writeFile(`${secret}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, join(folder, FILE))
  return secret
}
