import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import type { TestProject } from 'vitest/node'
import { type Chromium, findChromium } from './chromium.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    chromium: Chromium
    webFolder: string
  }
}

/** A browser, and the web as it is now: built once, into a folder of this run's own. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const webFolder = await mkdtemp(join(tmpdir(), 'throughline-web-'))
  const root = join(import.meta.dirname, '..')
  const [chromium] = await Promise.all([
    findChromium(),
    build({
      configFile: join(root, 'vite.config.ts'),
      root: join(root, 'src', 'web'),
      logLevel: 'error',
      build: { outDir: webFolder, emptyOutDir: true },
    }),
  ])
  project.provide('chromium', chromium)
  project.provide('webFolder', webFolder)
  return () => rm(webFolder, { recursive: true, force: true })
}
