import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Result } from './run-result.ts'
import { runStatic, runStep } from './run-static.ts'

/**
 * What `npm test` runs, in order. `--only static` leaves the tests out; words are parts of the paths of test files, and
 * leave out everything else.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, project: { type: 'string', multiple: true } },
})
const ROOT = join(import.meta.dirname, '..')
// Read by every tool when it is loaded, so before any of them is.
if (process.env.CI || !process.stdout.isTTY) process.env.NO_COLOR = '1'
process.chdir(ROOT)

const results: Result[] = []
if (positionals.length > 0 || values.project) {
  results.push(...(await tests(values.project ?? [], positionals)))
} else {
  results.push(...(await runStatic()))
  if (values.only !== 'static') {
    results.push(...(await tests(['!browser'], [])))
    if (existsSync('e2e')) results.push(...(await journeys()))
  }
}
report(results)

async function tests(projects: string[], filters: string[]): Promise<Result[]> {
  const { runVitest } = await import('./run-vitest.ts')
  return runVitest(projects, filters)
}

/** Through the web as it is served, so it has to be built first. */
async function journeys(): Promise<Result[]> {
  const built = await runStep({ name: 'the web is built', command: ['bin/launch.mjs', 'setup'] })
  return [built, ...(built.passed ? await tests(['browser'], []) : [])]
}

function report(results: Result[]): void {
  const failed = results.filter((each) => !each.passed)
  const slowest = results.filter((each) => each.kind === 'test').sort((a, b) => b.ms - a.ms)
  if (slowest.length > 0) console.log('\nThe slowest tests:')
  for (const { name, ms } of slowest.slice(0, 10)) console.log(`  ${(ms / 1000).toFixed(1).padStart(5)} s  ${name}`)
  if (failed.length > 0) console.log('\nFailed:')
  for (const { name } of failed) console.log(`  ${name}`)
  console.log(`\n${results.length - failed.length} passed, ${failed.length} failed`)
  process.exit(failed.length > 0 ? 1 : 0)
}
