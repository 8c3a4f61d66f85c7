const [name, ...args] = process.argv.slice(2)

/** `npm run trust [-- NAME [options]]`: suites that take longer than `npm test` should. Each prints its N; no name, all. */
const SUITES: Record<string, () => Promise<{ run(args: string[]): Promise<boolean> }>> = {
  arithmetic: () => import('./arithmetic/arithmetic.ts'),
  bursts: () => import('./bursts/bursts.ts'),
  edits: () => import('./edits/edits.ts'),
  fuzz: () => import('./fuzz/fuzz.ts'),
  kill: () => import('./kill/kill.ts'),
  matrix: () => import('./matrix/matrix.ts'),
  past: () => import('./past/past.ts'),
  races: () => import('./races/races.ts'),
  retries: () => import('./retries/retries.ts'),
  'roll-up': () => import('./roll-up/roll-up.ts'),
}

const chosen = name ? [name] : Object.keys(SUITES)
let failed = 0
for (const each of chosen) {
  const suite = SUITES[each]
  if (!suite) {
    console.error(`There is no suite ${JSON.stringify(each)}. There are: ${Object.keys(SUITES).join(', ')}.`)
    process.exit(64)
  }
  const held = await (await suite()).run(args).catch((error: unknown) => console.error(each, error))
  if (!held) failed++
}
console.log(`${chosen.length - failed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
