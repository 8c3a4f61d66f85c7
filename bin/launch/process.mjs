import { spawn } from 'node:child_process'
import { constants } from 'node:os'

export const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP']

/** Runs a program in our place: its terminal is ours, our signals are its own. Resolves with its exit code. */
export async function handOver(program, args, cwd) {
  const child = spawn(program, args, { cwd, stdio: 'inherit' })
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal))
  return codeOf(await ending(child))
}

/** Runs a program out of sight. Resolves with its exit code and what it said. */
export async function runQuietly(program, args, options) {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (piece) => (said += piece))
  const interrupt = (signal) => {
    child.kill(signal)
    process.exit(codeOf({ code: null, signal }))
  }
  for (const signal of SIGNALS) process.once(signal, interrupt)
  const code = codeOf(await ending(child))
  for (const signal of SIGNALS) process.off(signal, interrupt)
  return { code, said: said.trim() }
}

export function ending(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
}

/** As a shell counts: 128 and the number of the signal. */
export function codeOf({ code, signal }) {
  return code ?? 128 + (constants.signals[signal] ?? 0)
}
