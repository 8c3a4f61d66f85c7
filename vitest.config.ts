import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { hasPostgres15 } from './test/throwaway-cluster.ts'

/** What needs no database, and so answers at once. */
const PURE = [
  'src/{domain,coach,words,platform,cli,web}/**/*.test.{ts,tsx}',
  'test/{architecture,boundaries}.test.ts',
  'bin/**/*.test.ts',
]

const patience = { testTimeout: 60_000, hookTimeout: 120_000 }

const rules = { test: { ...patience, name: 'rules', include: PURE } }

const company = {
  test: {
    ...patience,
    name: 'company',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'trust/**/*.test.ts'],
    exclude: PURE,
    globalSetup: 'test/setup-database.ts',
  },
}

const postgres15 = {
  test: {
    ...patience,
    name: 'postgres-15',
    include: ['src/store/**/*.test.ts'],
    globalSetup: 'test/setup-postgres-15.ts',
  },
}

const browser = {
  test: {
    name: 'browser',
    include: ['e2e/**/*.test.ts'],
    globalSetup: ['test/setup-database.ts', 'e2e/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // One journey at a time: they share two cores with a browser and a server.
    fileParallelism: false,
  },
}

export default defineConfig({
  // Two at once also where there are two cores: each spends much of its time waiting for the database.
  test: {
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [rules, company, ...(hasPostgres15() ? [postgres15] : []), browser],
  },
})
