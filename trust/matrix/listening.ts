import { setTimeout as sleep } from 'node:timers/promises'
import type { OrganizationId } from '#domain/id.ts'
import { type Listening, listenAt } from '#test/api/event-source.ts'
import type { Actor } from './actors.ts'
import { leaksIn } from './marks.ts'
import type { Row } from './model.ts'
import { sees } from './seeing.ts'
import type { Stage } from './stage.ts'

/** Who listens, and does not see much. */
const WHO = ['ben', 'gro', 'a service (member)']

/** While something happens to what listeners do not see, here and in another organization, they hear nothing of it. */
export async function listening(stage: Stage): Promise<void> {
  const listeners = stage.actors.filter(({ name }) => WHO.includes(name))
  const streams = await Promise.all(
    listeners.map(({ key }) => listenAt(`${stage.house.server.url}/v1/events`, { authorization: `Bearer ${key}` })),
  )
  try {
    await happenUnseen(stage, listeners)
    const sentinel = await aGroup(stage, 'Heard by all')
    for (const [index, stream] of streams.entries()) {
      const actor = listeners[index] as Actor
      if (!(await hears(stream, sentinel))) stage.broken.push(`${actor.name} heard nothing of what everybody may hear`)
      const heard = { status: 200, headers: {}, body: undefined, milliseconds: 0, text: JSON.stringify(stream.events) }
      const leaks = leaksIn(stage.own, stage.foreign, actor.me, '', heard)
      stage.broken.push(...leaks.map((leak) => `the stream tells ${actor.name} of ${leak}`))
      stage.counts['answers searched']++
    }
  } finally {
    for (const stream of streams) stream.close()
  }
}

async function happenUnseen(stage: Stage, listeners: readonly Actor[]): Promise<void> {
  const hidden = (table: string) =>
    stage.own.rows(table).filter((row) => !listeners.some(({ me }) => sees(stage.own, me, table, row)))
  const foreignKey = await stage.house.keyOf('administrator', {
    organization: [...stage.other.rows('people')][0]?.organization_id as OrganizationId,
  })
  let happened = 0
  for (const table of ['objectives', 'key_results']) {
    for (const row of hidden(table)) {
      const someone = stage.actors.find(({ me }) => me.id === (row.lead_id ?? row.owner_id))
      if (someone && (await edit(stage, table, row, someone.key))) happened++
    }
    for (const row of stage.other.rows(table).slice(0, 5)) if (await edit(stage, table, row, foreignKey)) happened++
  }
  if (happened < 5) stage.broken.push(`only ${happened} things happened that nobody may hear of`)
}

async function edit({ house }: Stage, table: string, { id }: Row, key: string): Promise<boolean> {
  const { status } = await house.line.send(
    {
      method: 'PATCH',
      path: `/v1/${table.replaceAll('_', '-')}/${id}`,
      headers: { 'content-type': 'application/json', 'if-match': '*' },
      body: JSON.stringify({ title: `Other words, of ${id}`, reason: 'Unheard of' }),
    },
    key,
  )
  return status === 200
}

async function aGroup({ house }: Stage, name: string): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  const sending = { method: 'POST', path: '/v1/groups', headers, body: JSON.stringify({ name }) }
  return ((await house.line.send(sending, await house.keyOf('administrator'))).body as { id: string }).id
}

async function hears(stream: Listening, id: string): Promise<boolean> {
  for (let time = 0; time < 200; time++) {
    if (stream.events.some(({ data }) => data.changes?.some((change) => change.id === id))) return true
    await sleep(50)
  }
  return false
}
