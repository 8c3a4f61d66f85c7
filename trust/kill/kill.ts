import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, connect } from '#client/client.ts'
import { freePort } from '#platform/postgres/port.ts'
import type { Found, Part, Suite } from '../suite.ts'
import {
  databaseOf,
  processesOn,
  type Running,
  ready,
  serverOf,
  startServer,
  stopServer,
  throughline,
} from './server.ts'

const WRITERS = 8
const KEY_RESULTS = 24

/**
 * kill -9 of the server, of the database, or of both, under writing clients, again and again. Every check-in that was
 * acknowledged is there afterwards, the product comes back by itself, and nothing is left behind at the end.
 */
export const suite: Suite = { count: 20, atOnce: 20, run: kills }

async function kills({ from, count }: Part): Promise<Found> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-kill-'))
  await chmod(folder, 0o755)
  const running = await startServer(join(folder, 'data'), await freePort())
  try {
    const key = await throughline(running, 'api-keys', 'create', '--name', 'Reporter')
    const client = connect({ baseUrl: running.url, headers: { authorization: `Bearer ${key}` } })
    const keyResultIds = await prepare(client)
    const journal = new Map<string, Set<string>>(keyResultIds.map((id) => [id, new Set()]))
    const writers = startWriters(client, journal)
    let slowest = 0
    for (let kill = from; kill < from + count; kill++) {
      await new Promise((resolve) => setTimeout(resolve, 300 + Math.random() * 1200))
      const target = TARGETS[kill % TARGETS.length] as Target
      await killNine(running, target)
      const wait = await ready(running.url, 60_000)
      slowest = Math.max(slowest, wait)
      console.log(`kill ${kill} (${target}): ready again after ${wait} ms, ${countOf(journal)} acknowledged so far`)
    }
    await writers.stop()
    const lost = await missing(client, journal)
    const left = (await stopServer(running)) ? 0 : (await processesOn(running.folder)).length
    const broken = [...(lost > 0 ? [`${lost} lost`] : []), ...(left > 0 ? [`${left} processes left`] : [])]
    const counts = { kills: count, acknowledged: countOf(journal), lost, 'processes left': left }
    return { counts: { ...counts, 'ms until the slowest return': slowest }, broken }
  } finally {
    running.launcher.kill('SIGTERM')
    await new Promise((resolve) => setTimeout(resolve, 3000))
    await rm(folder, { recursive: true, force: true })
  }
}

const TARGETS = ['server', 'database', 'both'] as const
type Target = (typeof TARGETS)[number]

async function killNine(running: Running, target: Target): Promise<void> {
  const server = target === 'database' ? undefined : await serverOf(running)
  const database = target === 'server' ? undefined : await databaseOf(running)
  for (const victim of [server, database]) if (victim) process.kill(victim.pid, 'SIGKILL')
  // The port answers a moment longer than the process lives.
  await new Promise((resolve) => setTimeout(resolve, 200))
}

async function prepare(client: Client): Promise<string[]> {
  const cycle = await client.call('cycles.create', {
    name: 'The long quarter',
    startsOn: '2026-01-01',
    endsOn: '2036-12-31',
  })
  const lead = await client.call('people.create', { name: 'Maya Lindqvist' })
  const objective = await client.call('objectives.create', {
    title: 'Lose nothing',
    level: 'company',
    cycleId: cycle.id,
    leadId: lead.id,
  })
  const measure = { kind: 'increase', start: '0', target: '1000000', unit: 'reports' } as const
  const ids: string[] = []
  for (let made = 0; made < KEY_RESULTS; made++) {
    const keyResult = await client.call('key-results.create', {
      id: objective.id,
      title: `Reports ${made}`,
      ownerId: lead.id,
      deadline: '2036-12-31',
      measure,
    })
    ids.push(keyResult.id)
  }
  await client.call('objectives.publish', { id: objective.id })
  return ids
}

/** Eight clients that report without a pause; what was acknowledged goes into the journal, what was not is forgotten. */
function startWriters(client: Client, journal: Map<string, Set<string>>): { stop(): Promise<void> } {
  const ids = [...journal.keys()]
  let stopped = false
  const write = async (writer: number) => {
    for (let turn = 0; !stopped; turn++) {
      const id = ids[(writer + turn * WRITERS) % ids.length] as string
      const options = { idempotencyKey: randomUUID(), signal: AbortSignal.timeout(5000) }
      const made = await client
        .call('check-ins.make', { id: id as never, value: String(turn) }, options)
        .catch(() => undefined)
      if (made) journal.get(id)?.add(made.id)
      else await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  const writers = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)))
  return {
    stop: async () => {
      stopped = true
      await writers
    },
  }
}

async function missing(client: Client, journal: ReadonlyMap<string, ReadonlySet<string>>): Promise<number> {
  let lost = 0
  for (const [id, acknowledged] of journal) {
    const kept = new Set<string>()
    for (let cursor: string | undefined; ; ) {
      const page = await client.call('check-ins.list', { id: id as never, limit: 200, ...(cursor ? { cursor } : {}) })
      for (const checkIn of page.items) kept.add(checkIn.id)
      if (!page.nextCursor) break
      cursor = page.nextCursor
    }
    for (const made of acknowledged) if (!kept.has(made)) lost++
  }
  return lost
}

function countOf(journal: ReadonlyMap<string, ReadonlySet<string>>): number {
  return [...journal.values()].reduce((sum, made) => sum + made.size, 0)
}
