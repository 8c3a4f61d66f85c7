import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const SERVER = join(import.meta.dirname, '..', '..', 'test', 'server-process.ts')

/** Another server on the same database, a process of its own. */
export type Process = { port: number; stop(): Promise<void> }

export async function startProcess(databaseUrl: string, now: Date): Promise<Process> {
  const env = { ...process.env, DATABASE_URL: databaseUrl, NOW: now.toISOString() }
  const child = fork(SERVER, { env, execArgv: [] })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return {
    port,
    stop: async () => {
      child.disconnect()
      await once(child, 'exit')
    },
  }
}
