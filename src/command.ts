import { homedir } from 'node:os'
import { text } from 'node:stream/consumers'
import { runCli } from '#cli/cli.ts'
import type { Io } from '#cli/io.ts'
import { type ProblemDocument, Refused } from '#client/client.ts'
import { readConfig } from '#platform/config.ts'

/** The command line of this process; the promise is its exit code. */
export async function command(args: readonly string[]): Promise<number> {
  const { stdout, stderr, stdin, env } = process
  // `throughline people list | head` has seen enough.
  stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  const io: Io = {
    out: (line) => void stdout.write(line),
    err: (line) => void stderr.write(line),
    columns: stdout.isTTY ? stdout.columns : null,
    readInput: () => text(stdin),
    fetch: globalThis.fetch,
    administer,
  }
  return await runCli(args, env, io)
}

/** The server's code is only loaded for what is done on its machine. */
async function administer(name: string, input: Record<string, unknown>): Promise<unknown> {
  const root = process.getuid?.() === 0
  const config = readConfig(process.env, { platform: process.platform, home: homedir(), root })
  const machine = await import('./administer.ts')
  const { status, body } = await machine.administer(config, name, input)
  const answer: unknown = JSON.parse(body)
  if (status >= 400) throw new Refused(answer as ProblemDocument)
  return answer
}
