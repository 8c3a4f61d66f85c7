import type { TestProject } from 'vitest/node'
import { POSTGRES_15, startThrowawayCluster } from './throwaway-cluster.ts'

/** The same tests on the oldest PostgreSQL that we promise to work with. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...cluster } = await startThrowawayCluster(POSTGRES_15)
  project.provide('cluster', cluster)
  return stop
}
