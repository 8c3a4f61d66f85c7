import type { Suite } from './suite.ts'

/** What takes longer than `npm test` should, by name. */
export const SUITES: Record<string, () => Promise<{ suite: Suite }>> = {
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
