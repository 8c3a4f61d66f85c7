import { spawn } from 'node:child_process'
import type { Account } from './account.ts'

/** What PostgreSQL's programs see of our environment: nothing that could redirect them (PGDATA, PGPORT, LC_ALL...). */
export function environment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP, TMP } = process.env
  return { PATH, SystemRoot, TEMP, TMP, LC_ALL: 'C', TZ: 'UTC' }
}

/** Runs a program to its end, under the account. Its output is the error when it fails. */
export async function run(program: string, args: string[], account: Account | undefined, input = ''): Promise<string> {
  const child = spawn(program, args, { ...account, cwd: '/', env: environment(), windowsHide: true })
  const output: Buffer[] = []
  child.stdout.on('data', (piece) => output.push(piece))
  child.stderr.on('data', (piece) => output.push(piece))
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const code = await new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status, signal) => resolve(status ?? signal))
  })
  const text = Buffer.concat(output).toString()
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${text.trim()}`)
  return text
}
