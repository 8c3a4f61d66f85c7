import type { TestProject } from 'vitest/node'
import { startThrowawayCluster, type ThrowawayCluster } from './throwaway-cluster.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    cluster: ThrowawayCluster
  }
}

/** One cluster for the whole run; each test file makes its own database in it (see database.ts). */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...cluster } = await startThrowawayCluster()
  project.provide('cluster', cluster)
  return stop
}
