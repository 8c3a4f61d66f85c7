import { defineConfig } from 'vitest/config'
import { hasPostgres15 } from './test/throwaway-cluster.ts'

const house = {
  test: {
    name: 'house',
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    globalSetup: 'test/setup-database.ts',
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
}

const postgres15 = {
  test: {
    ...house.test,
    name: 'postgres-15',
    include: ['src/store/**/*.test.ts'],
    globalSetup: 'test/setup-postgres-15.ts',
  },
}

const browser = {
  test: {
    name: 'browser',
    include: ['e2e/**/*.test.ts'],
    globalSetup: 'test/setup-database.ts',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // One browser at a time: the journeys measure nothing, but they must not starve each other.
    fileParallelism: false,
  },
}

export default defineConfig({
  test: { projects: hasPostgres15() ? [house, postgres15, browser] : [house, browser] },
})
