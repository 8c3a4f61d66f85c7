import { openSync } from 'node:fs'
import { copyFile, open, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'

const LIMIT = 8 * 1024 * 1024

export function serverLog(folder: string): string {
  return join(folder, 'postgres.log')
}

/** For appending: a file that is cut off goes on at its new end. */
export function openServerLog(folder: string): number {
  return openSync(serverLog(folder), 'a', 0o600)
}

/** The server keeps writing into the file it was given; so it is copied and cut, not renamed. */
export async function rotate(folder: string): Promise<void> {
  const file = serverLog(folder)
  const size = await stat(file)
    .then((facts) => facts.size)
    .catch(() => 0)
  if (size < LIMIT) return
  await copyFile(file, `${file}.1`)
  await truncate(file, 0)
}

/** What the server said since the file was this long. */
export async function saidSince(folder: string, offset: number): Promise<string> {
  const file = await open(serverLog(folder), 'r')
  try {
    const { size } = await file.stat()
    const length = Math.min(4096, Math.max(0, size - offset))
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length)
    return buffer.toString().trim()
  } finally {
    await file.close()
  }
}
