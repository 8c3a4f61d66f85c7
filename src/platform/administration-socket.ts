import { createHash } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { type IncomingMessage, request, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** How long a socket's path may be differs; everywhere 100 bytes are allowed. */
const LONGEST = 100
const ONLY_US = 0o177

export type Answer = { status: number; body: string }

/**
 * Listens where only the owner of the data folder may connect, and on no network. Call it only while holding the
 * folder: what an earlier life left there is removed.
 */
export async function listenOnSocket(server: Server, folder: string): Promise<{ close(): Promise<void> }> {
  await removeSocket(folder)
  const path = await makePlace(folder)
  await bind(server, path)
  return { close: () => removeSocket(folder) }
}

/** One call over the socket of a data folder; undefined where nobody listens. */
export async function callSocket(folder: string, path: string, body: unknown): Promise<Answer | undefined> {
  const socketPath = await placeOf(folder)
  if (!socketPath) return undefined
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', host: 'localhost' }
    const call = request({ socketPath, path, method: 'POST', headers }, (response) =>
      textOf(response).then(resolve, reject),
    )
    call.on('error', (error: NodeJS.ErrnoException) => (isNobody(error) ? resolve(undefined) : reject(error)))
    call.end(JSON.stringify(body))
  })
}

// The socket is made with the mode it keeps: between making and closing it somebody could come in.
async function bind(server: Server, path: string): Promise<void> {
  const listening = new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  const before = process.umask(ONLY_US)
  try {
    server.listen({ path })
  } finally {
    process.umask(before)
  }
  await listening
  if (process.platform !== 'win32') await chmod(path, 0o600)
}

/** Beside the data; where that path is too long for a socket, in a folder of our own whose place is written down. */
async function makePlace(folder: string): Promise<string> {
  const usual = usualPlace(folder)
  if (fits(usual)) return usual
  const runtime = process.env.XDG_RUNTIME_DIR ?? tmpdir()
  await mkdir(runtime, { recursive: true })
  const path = join(await mkdtemp(join(runtime, 'throughline-')), 'admin.sock')
  await writeFile(noteIn(folder), `${path}\n`, { mode: 0o600 })
  return path
}

async function placeOf(folder: string): Promise<string | undefined> {
  const usual = usualPlace(folder)
  if (fits(usual)) return usual
  const noted = await readFile(noteIn(folder), 'utf8').catch(() => '')
  return noted.trim() || undefined
}

async function removeSocket(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const usual = usualPlace(folder)
  if (fits(usual)) return rm(usual, { force: true })
  const noted = (await readFile(noteIn(folder), 'utf8').catch(() => '')).trim()
  if (noted) await rm(dirname(noted), { recursive: true, force: true })
  await rm(noteIn(folder), { force: true })
}

function usualPlace(folder: string): string {
  if (process.platform !== 'win32') return join(folder, 'admin.sock')
  return `\\\\.\\pipe\\throughline-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`
}

function noteIn(folder: string): string {
  return join(folder, 'admin.sock.path')
}

function fits(path: string): boolean {
  return Buffer.byteLength(path) <= LONGEST
}

function isNobody({ code }: NodeJS.ErrnoException): boolean {
  return code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'ENOTDIR'
}

async function textOf(response: IncomingMessage): Promise<Answer> {
  const pieces: Buffer[] = []
  for await (const piece of response) pieces.push(piece as Buffer)
  return { status: response.statusCode ?? 500, body: Buffer.concat(pieces).toString() }
}
