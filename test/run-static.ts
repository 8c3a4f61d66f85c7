import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import type { Result } from './run-result.ts'

/** The script and its arguments, for the Node that runs us. */
type Step = { name: string; command: string[] }

const TSC = ['node_modules/typescript/bin/tsc', '--pretty', 'false', '--project']
const LINT = ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '--max-diagnostics=100', '.']

const STEPS: Step[] = [
  { name: 'types: the house', command: [...TSC, 'tsconfig.json'] },
  { name: 'types: domain and coach, which know no platform', command: [...TSC, 'tsconfig.domain.json'] },
  ...(existsSync('src/web') ? [{ name: 'types: web', command: [...TSC, 'tsconfig.web.json'] }] : []),
  { name: 'format, lint and the rooms', command: LINT },
  { name: 'no dead code', command: ['node_modules/knip/bin/knip.js', '--no-progress'] },
]

export async function runStatic(): Promise<Result[]> {
  const results: Result[] = []
  for (const step of STEPS) results.push(await runStep(step))
  return results
}

/** Says what it found only when it failed. */
export async function runStep({ name, command }: Step): Promise<Result> {
  const began = Date.now()
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] })
  const said: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => said.push(piece))
  const [code] = await once(child, 'close')
  const ms = Date.now() - began
  const passed = code === 0
  console.log(`${passed ? '✓' : '✗'} ${name} (${(ms / 1000).toFixed(1)} s)`)
  if (!passed) console.log(Buffer.concat(said).toString().trimEnd())
  return { kind: 'step', name, passed, ms }
}
