import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCli } from '#cli/cli.ts'
import { EXIT } from '#cli/exit.ts'
import { ADMINISTRATION } from '#operations/administration.ts'
import { createSample, type Sample } from '#operations/sample.ts'
import { openServer, type Server } from './server.ts'

let server: Server
let marram: Sample
let home: string
let key: string
beforeAll(async () => {
  server = await openServer({ clock: () => new Date('2026-11-23T08:00:00Z') })
  marram = await createSample(server.services)
  home = await mkdtemp(join(tmpdir(), 'throughline-cli-'))
  key = (await throughline('api-keys create --name tests')).out.trim()
})
afterAll(async () => {
  await server.close()
  await rm(home, { recursive: true, force: true })
})

/** A command line as it is typed; quoted parts are words. */
async function throughline(line: string) {
  const said = { out: '', err: '' }
  const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
  const env = { HOME: home, XDG_CONFIG_HOME: home, THROUGHLINE_URL: server.url, THROUGHLINE_API_KEY: key }
  const code = await runCli(words, env, {
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
    columns: null,
    readInput: async () => '',
    fetch,
    administer: async (name, input) => ADMINISTRATION[name]?.(server.services, input),
  })
  return { code, ...said }
}

const answer = async (line: string) => JSON.parse((await throughline(`${line} --json`)).out)

describe('From the command line', () => {
  test('a check-in moves the line up to the company', async () => {
    const { customersNortheast, sales } = marram.keyResults
    const made = await throughline(
      `check-ins make ${customersNortheast} --value 2 --confidence 7 --note 'Two towns have signed.'`,
    )
    expect([made.code, made.out]).toEqual([EXIT.done, expect.stringContaining('Two towns have signed.')])
    await server.drain(marram.organizationId)
    expect(await answer(`key-results show ${sales}`)).toMatchObject({ current: '60000', progress: '0.06' })
    const shown = await throughline(`objectives list --level company`)
    expect(shown.out).toContain('Grow beyond our home waters')
  })

  test('what a rule stands against comes with a line that mends it, and works as typed', async () => {
    const { quarter } = marram.cycles
    const { id: objective } = await answer(
      `objectives create --title 'Be known in Maine' --cycle-id ${quarter} --lead-id ${marram.people.ben}`,
    )
    const measure = '{"kind":"increase","start":0,"target":9,"unit":"towns"}'
    const { id: keyResult } = await answer(
      `key-results create ${objective} --title Towns --owner-id ${marram.people.ben} --measure '${measure}'`,
    )
    const contribute = `key-results contribute ${keyResult} --to-key-result-id ${marram.keyResults.salesAmerica} --roll-up sum --share 1000 --if-match *`
    const refused = await throughline(contribute)
    expect(refused.code).toBe(EXIT.refused)
    const [repair = ''] = /throughline objectives align .*/.exec(refused.err) ?? []
    expect((await throughline(repair.replace('throughline ', ''))).code).toBe(EXIT.done)
    expect(await answer(`objectives alignments ${objective}`)).toMatchObject({
      items: [{ toObjectiveId: marram.objectives.america, state: 'offered' }],
    })
  })

  test('an Objective is not aligned to a Key Result, and each of the three ways out works as typed', async () => {
    const { sales } = marram.keyResults
    const { quarter } = marram.cycles
    const draft = async () =>
      (await answer(`objectives create --title 'A million, too' --cycle-id ${quarter} --lead-id ${marram.people.ben}`))
        .id
    const waysOut = async (line: string) => {
      const refused = await throughline(line)
      expect(refused.code).toBe(EXIT.refused)
      expect(refused.err).toContain(
        '“New sales” is a Key Result: it says how one knows that “Grow beyond our home waters”',
      )
      return [...refused.err.matchAll(/^ +throughline (.*)$/gm)].map(([, way]) => way ?? '')
    }
    const typed = async (way = '') => expect([way, (await throughline(way)).code]).toEqual([way, EXIT.done])

    const ids = [await draft(), await draft(), await draft()]
    for (const [at, id] of ids.entries()) {
      const ways = await waysOut(
        `objectives align ${id} --to-key-result-id ${sales} --statement 'It is their number' --if-match *`,
      )
      expect(ways.map((way) => way.split(' ').slice(0, 2).join(' '))).toEqual([
        'objectives align',
        'objectives turn-into-key-result',
        'explorations open',
      ])
      await typed(ways[at])
    }
    expect(await answer(`objectives show ${ids[0]}`)).toMatchObject({
      alignmentOffer: { toObjectiveId: marram.objectives.growth, statement: 'It is their number' },
    })
    expect((await throughline(`objectives show ${ids[1]}`)).code).toBe(EXIT.notFound)
    expect(await answer(`explorations list ${marram.objectives.growth}`)).toMatchObject({
      items: [{ attemptId: ids[2], barriers: [] }],
    })

    const create = `objectives create --title 'A million at once' --cycle-id ${quarter} --lead-id ${marram.people.ben} --aligned-to-id ${sales}`
    for (const way of await waysOut(create)) await typed(way)
  })

  test('a barrier is said, reworded and taken out again', async () => {
    const { id } = await answer(`explorations open ${marram.objectives.growth} --barriers 'Nobody knows us'`)
    const { id: barrier } = await answer(`barriers add ${id} --text 'It takes too long'`)
    expect((await throughline(`barriers reword ${barrier} --text 'It takes a year' --if-match 1`)).code).toBe(EXIT.done)
    const { barriers } = await answer(`explorations show ${id}`)
    expect(barriers.map(({ text }: { text: string }) => text)).toEqual(['Nobody knows us', 'It takes a year'])
    expect((await throughline(`barriers remove ${barrier} --if-match 1`)).code).toBe(EXIT.stale)
    expect((await throughline(`barriers remove ${barrier} --if-match 2`)).code).toBe(EXIT.done)
  })

  test('an edit says which version it has seen, and can be undone as it was told', async () => {
    const id = marram.objectives.wearing
    expect((await throughline(`objectives edit ${id} --why Because`)).code).toBe(EXIT.ifMatchMissing)
    expect((await throughline(`objectives edit ${id} --why Because --if-match 1`)).code).toBe(EXIT.stale)
    const { version, why } = await answer(`objectives show ${id}`)
    const edited = await throughline(`objectives edit ${id} --no-why --reason 'To try it' --if-match ${version}`)
    expect(edited.code).toBe(EXIT.done)
    expect((await answer(`objectives show ${id}`)).why).toBe(null)
    const [undo = ''] = /changes undo \S+/.exec(edited.err) ?? []
    expect((await throughline(undo)).code).toBe(EXIT.done)
    expect((await answer(`objectives show ${id}`)).why).toBe(why)
  })

  test('a published cascade comes in twice and is there once; a ring does not come in', async () => {
    const file = join(home, 'goals.json')
    const nodes = [
      { id: 'a', parent_id: null, type: 'objective', level: 'company', owner: 'Board', text: 'Outlast the storm' },
      { id: 'b', parent_id: 'a', type: 'key_result', level: 'company', owner: null, text: 'Stations that stood' },
      { id: 'c', parent_id: 'b', type: 'objective', level: 'group', owner: 'Field', text: 'Anchor what floats' },
    ]
    const bring = async (content: object[]) => {
      await writeFile(file, JSON.stringify({ title: 'Published', period: '2025', nodes: content }, null, 2))
      return throughline(`import cascade ${file} --starts-on 2025-01-01 --ends-on 2025-12-31`)
    }
    const first = await bring(nodes)
    expect(first.out).toContain('Imported: 2 Objectives, 1 Key Result, 2 people, 2 groups, 1 cycle.')
    const [way = ''] = /(?<=1\. throughline )objectives align .*/.exec(first.out) ?? []
    expect((await throughline(way)).code).toBe(EXIT.done)
    expect((await bring(nodes)).out).toContain('Nothing new to import: 3 already there.')
    const ring = await bring([
      { ...nodes[0], id: 'x', parent_id: 'y' },
      { ...nodes[0], id: 'y', parent_id: 'x' },
    ])
    expect(ring.code).toBe(EXIT.invalid)
    expect(ring.err).toContain('(node x, line 6): The node x stands in a ring of parents: x → y → x.')
  })

  test('a wrong id, a stranger’s key and a missing thing are told apart', async () => {
    expect((await throughline('objectives show 12')).code).toBe(EXIT.invalid)
    expect((await throughline(`objectives show ${marram.organizationId}`)).code).toBe(EXIT.notFound)
    const mine = key
    key = `${mine.slice(0, -4)}AAAA`
    expect((await throughline('me show')).code).toBe(EXIT.notSignedIn)
    key = mine
  })
})
