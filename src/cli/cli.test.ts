import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DECLARATIONS } from '#operations/declared/catalogue.ts'
import { has } from '#words/words.ts'
import { runCli } from './cli.ts'
import { EXIT } from './exit.ts'
import type { Env, Io } from './io.ts'

const MAYA = '019a0000-0000-7000-8000-000000000001'
const PRIYA = '019a0000-0000-7000-8000-000000000002'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'throughline-cli-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

type Sent = { method: string; url: string; headers: Record<string, string>; body: unknown }

/** Runs a command line against a server that gives these answers, one after the other. */
async function cli(line: string[], answers: (Response | Error)[] = [], env: Env = {}, columns: number | null = null) {
  const sent: Sent[] = []
  const said = { out: '', err: '' }
  const io: Io = {
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
    columns,
    readInput: async () => 'tl_from_input\n',
    fetch: async (url, init) => {
      sent.push({
        method: init?.method ?? 'GET',
        url: String(url),
        headers: init?.headers as Record<string, string>,
        body: init?.body ? JSON.parse(String(init.body)) : undefined,
      })
      const answer = answers.shift() ?? new Error('nobody answers')
      if (answer instanceof Error) throw answer
      return answer
    },
    administer: async (name, input) => ({ asked: name, ...input, key: 'tl_made' }),
  }
  const code = await runCli(line, { HOME: home, XDG_CONFIG_HOME: home, THROUGHLINE_API_KEY: 'tl_key', ...env }, io)
  return { code, ...said, sent }
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers })

describe('Every declared verb', () => {
  test('has its words, and its noun too', () => {
    for (const { name } of DECLARATIONS) {
      expect(has(`operation.${name}`), name).toBe(true)
      expect(has(`cli.noun.${name.split('.')[0]}`), name).toBe(true)
    }
  })

  test('stands beside serve in the list, which explains itself', async () => {
    expect((await cli(['--help'], [])).out).toMatch(/^ {2}serve .*Start the server/m)
    expect((await cli(['serve', '--help'], [])).out).toMatch(/--empty .*sample company/)
  })

  test('is a command with a help of its own', async () => {
    for (const { name } of DECLARATIONS) {
      const [noun = '', verb = ''] = name.split('.')
      const { code, out } = await cli([noun.replace('imports', 'import'), verb, '--help'])
      expect([name, code]).toEqual([name, EXIT.done])
      expect(out).toContain(`throughline ${noun.replace('imports', 'import')} ${verb}`)
    }
  })
})

describe('A command line', () => {
  test('becomes the call: what stands in the path, fields by their kind, headers', async () => {
    const line = ['key-results', 'edit', MAYA, '--title', 'New customers', '--no-deadline', '--weight', '2.5']
    const { sent, code } = await cli(
      [
        ...line,
        '--measure',
        '{"kind":"increase","start":0}',
        '--contributor-ids',
        `${MAYA},${PRIYA}`,
        '--if-match',
        '3',
        '--idempotency-key',
        'once',
      ],
      [json({ id: MAYA })],
    )
    expect(code).toBe(EXIT.done)
    expect(sent).toEqual([
      {
        method: 'PATCH',
        url: `http://localhost:4000/v1/key-results/${MAYA}`,
        headers: expect.objectContaining({
          authorization: 'Bearer tl_key',
          'if-match': '"3"',
          'idempotency-key': 'once',
        }),
        body: {
          title: 'New customers',
          deadline: null,
          weight: '2.5',
          measure: { kind: 'increase', start: 0 },
          contributorIds: [MAYA, PRIYA],
        },
      },
    ])
  })

  test('takes one word for all, or JSON text with an answer for each', async () => {
    const already = async (text: string) => {
      const { sent } = await cli(['key-results', 'end-contribution', MAYA, '--already', text], [json({ id: MAYA })])
      return sent[0]?.body
    }
    expect(await already('included')).toEqual({ already: 'included' })
    expect(await already('{"ending":"additional"}')).toEqual({ already: { ending: 'additional' } })
  })

  test('gives a query its fields, and takes every page when asked to', async () => {
    const pages = [
      json({ items: [{ id: MAYA, name: 'Maya' }], nextCursor: 'c' }),
      json({ items: [{ id: PRIYA, name: 'Priya' }], nextCursor: null }),
    ]
    const { sent, out } = await cli(['people', 'list', '--name', 'a b', '--all'], pages, {
      THROUGHLINE_URL: 'https://okr.example.org/',
    })
    expect(sent.map((one) => one.url)).toEqual([
      'https://okr.example.org/v1/people?limit=200&name=a+b',
      'https://okr.example.org/v1/people?limit=200&name=a+b&cursor=c',
    ])
    expect(out.split('\n').slice(0, 3)).toEqual([
      'ID                                    NAME',
      `${MAYA}  Maya`,
      `${PRIYA}  Priya`,
    ])
  })

  test.each([
    [['people', 'show']],
    [['people', 'fly']],
    [['nobody']],
    [['objectives', 'create', '--title', 'Words']],
    [['people', 'list', '--limit', 'many']],
    [['key-results', 'edit', MAYA, '--measure', '{']],
    [['key-results', 'edit', MAYA, '--ambition', 'vast']],
    [['me', 'show', '--loudly']],
  ])('that is wrong is a usage error: %j', async (line) => {
    const { code, err, sent } = await cli(line)
    expect(code).toBe(EXIT.usage)
    expect(err).toMatch(/^error: /)
    expect(sent).toEqual([])
  })

  test('without a key says how to get one', async () => {
    const { code, err } = await cli(['me', 'show'], [], { THROUGHLINE_API_KEY: '' })
    expect(code).toBe(EXIT.notSignedIn)
    expect(err).toContain('throughline sign-in')
  })
})

describe('An answer', () => {
  test('shows its fields, its parts and how to undo it', async () => {
    const body = {
      id: MAYA,
      title: 'T',
      progress: '0.666666666667',
      deadline: null,
      measure: { kind: 'milestone', steps: [{ title: 'One' }] },
    }
    const { out, err } = await cli(['key-results', 'show', MAYA], [json(body, 200, { 'throughline-change': PRIYA })])
    expect(out.split('\n')).toEqual([
      `id        ${MAYA}`,
      'title     T',
      'progress  67%',
      'measure',
      '  kind   milestone',
      '  steps',
      '    - title  One',
      '',
    ])
    expect(err).toContain(`throughline changes undo ${PRIYA}`)
  })

  test('says why a status is what it is, and what a rule has to say, as a sentence', async () => {
    const values = { progress: '0.02', pace: '0.130434782609', points: '11.0434782609', day: '2026-10-12' }
    const status = { is: 'behind', reason: { key: 'status.reason.behind', values }, overridden: null }
    const one = await cli(['key-results', 'show', MAYA], [json({ id: MAYA, pace: values.pace, status })])
    expect(one.out.split('\n')).toEqual([
      `id      ${MAYA}`,
      'pace    13%',
      'status',
      '  is          behind',
      '  reason      11 points under pace: 2% of the way, 13% expected by Oct 12.',
      '',
    ])
    const about = { noun: 'objective', id: MAYA }
    const reason = { key: 'rule.no-why.missing', values: { objective: 'Grow' } }
    const items = [{ rule: 'no-why', severity: 'warning', about, reason, pointer: '/why', repairs: [] }]
    const { out } = await cli(['objectives', 'findings', MAYA], [json({ items, nextCursor: null })])
    for (const text of ['warning', 'no-why', `objective ${MAYA}`, '“Grow” does not say why it matters.'])
      expect(out).toContain(text)
    const list = await cli(['key-results', 'list'], [json({ items: [{ id: MAYA, status }], nextCursor: null })])
    expect(list.out).toMatch(/behind/)
    expect(list.out).not.toMatch(/status\.reason/)
  })

  test('holds nothing that a terminal acts on, as a table and as JSON', async () => {
    const items = [{ id: MAYA, name: 'a\u001b]0;owned\u0007b\u202ec\u009b31m\nd' }]
    const table = await cli(['people', 'list'], [json({ items, nextCursor: null })])
    expect(table.out).toContain('a�]0;owned�b�c�31m d')
    const raw = await cli(['people', 'list', '--json'], [json({ items, nextCursor: null })])
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(raw.out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
    expect(JSON.parse(raw.out).items).toEqual(items)
  })

  test('is cut to the terminal where it is too wide', async () => {
    const items = [{ id: 'x', title: 'A very long title that goes on and on', state: 'draft' }]
    const { out } = await cli(['objectives', 'list'], [json({ items, nextCursor: null })], {}, 40)
    for (const line of out.trimEnd().split('\n')) expect([...line].length).toBeLessThanOrEqual(40)
    expect(out).toContain('…')
  })
})

describe('A refusal', () => {
  const refusal = {
    type: 'urn',
    rule: 'objective-aligns-to-objective',
    title: 'An Objective aligns to an Objective',
    status: 422,
    detail: 'Sales is a Key Result.',
    errors: [{ pointer: '/toObjectiveId', detail: 'is a Key Result', reason: { key: 'k' } }],
    repairs: [
      {
        method: 'PUT',
        path: `/v1/objectives/${MAYA}/alignment`,
        headers: { 'If-Match': '"4"' },
        body: { toObjectiveId: PRIYA, statement: "It's why", accountableId: null },
        detail: 'Align to its Objective',
        reason: { key: 'k' },
      },
      { method: 'POST', path: '/v1/elsewhere', body: { a: 1 }, detail: 'Explore', reason: { key: 'k' } },
    ],
  }

  test('says what, why, where, and each way out as a line to type', async () => {
    const { code, out, err } = await cli(['me', 'show'], [json(refusal, 422)])
    expect(code).toBe(EXIT.refused)
    expect(out).toBe('')
    expect(err.split('\n')).toEqual([
      'An Objective aligns to an Objective',
      '  Sales is a Key Result.',
      '  /toObjectiveId: is a Key Result',
      'Ways out:',
      '  1. Align to its Objective',
      `     throughline objectives align ${MAYA} --to-objective-id ${PRIYA} --statement 'It'\\''s why' --no-accountable-id --if-match 4`,
      '  2. Explore',
      `     POST /v1/elsewhere '{"a":1}'`,
      '',
    ])
  })

  test('is JSON where JSON was asked for', async () => {
    const { err } = await cli(['me', 'show', '--json'], [json(refusal, 422)])
    expect(JSON.parse(err)).toEqual(refusal)
  })

  test('for want of a version names the option, not the header', async () => {
    const refused = { status: 428, rule: 'if-match-required', title: 'Which version?', detail: 'The header If-Match…' }
    const { err } = await cli(['me', 'show'], [json({ ...refused, etag: '"3"' }, 428)])
    expect(err).toContain('--if-match 3')
    expect(err).not.toContain('header')
  })

  test.each([
    [401, 'unauthenticated', EXIT.notSignedIn],
    [403, 'forbidden', EXIT.forbidden],
    [404, 'not-found', EXIT.notFound],
    [409, 'touched-since', EXIT.conflict],
    [412, 'stale', EXIT.stale],
    [413, 'too-large', EXIT.tooLarge],
    [422, 'measurable', EXIT.refused],
    [422, 'invalid-request', EXIT.invalid],
    [428, 'if-match-required', EXIT.ifMatchMissing],
    [429, 'too-many', EXIT.tooMany],
    [503, 'unavailable', EXIT.unavailable],
    [500, 'unexpected', EXIT.unexpected],
  ])('with status %i (%s) ends with %i', async (status, rule, code) => {
    expect((await cli(['me', 'show'], [json({ status, rule, title: 'No' }, status)])).code).toBe(code)
  })

  test('by nobody, or by something else, is no crash', async () => {
    expect((await cli(['me', 'show'], [])).code).toBe(EXIT.unavailable)
    expect((await cli(['me', 'show'], [new Response('<html>', { status: 502 })])).code).toBe(EXIT.unavailable)
    expect((await cli(['me', 'show'], [json('no', 500)])).code).toBe(EXIT.unavailable)
  })
})

describe('Signing in', () => {
  const me = { id: MAYA, person: { name: 'Maya' }, organization: { name: 'Marram' } }

  test('keeps a key that opens something, for oneself alone, and for that server alone', async () => {
    const { code, out } = await cli(['sign-in', '--url', 'https://okr.example.org', '--key', '-'], [json(me)])
    expect([code, out]).toEqual([EXIT.done, expect.stringContaining('Marram')])
    const file = join(home, 'throughline', 'profile.json')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ url: 'https://okr.example.org', key: 'tl_from_input' })

    const next = await cli(['me', 'show'], [json(me)], { THROUGHLINE_API_KEY: '' })
    expect(next.sent[0]).toMatchObject({
      url: 'https://okr.example.org/v1/me',
      headers: { authorization: 'Bearer tl_from_input' },
    })
    const elsewhere = await cli(['me', 'show'], [json(me)], {
      THROUGHLINE_API_KEY: '',
      THROUGHLINE_URL: 'https://evil.example.org',
    })
    expect([elsewhere.code, elsewhere.sent]).toEqual([EXIT.notSignedIn, []])

    await cli(['sign-out'])
    expect((await cli(['me', 'show'], [json(me)], { THROUGHLINE_API_KEY: '' })).code).toBe(EXIT.notSignedIn)
  })

  test('with a key that opens nothing keeps nothing', async () => {
    const { code } = await cli(
      ['sign-in', '--key', 'tl_wrong'],
      [json({ status: 401, rule: 'unauthenticated', title: 'No' }, 401)],
    )
    expect(code).toBe(EXIT.notSignedIn)
    await expect(stat(join(home, 'throughline'))).rejects.toThrow()
  })
})

describe('On the machine', () => {
  test('a key stands alone on the output', async () => {
    const { code, out, sent } = await cli([
      'api-keys',
      'create',
      '--name',
      'CI',
      '--role',
      'administrator',
      '--scopes',
      'read,write',
    ])
    expect([code, out, sent]).toEqual([EXIT.done, 'tl_made\n', []])
  })

  test('a person has the role they have', async () => {
    expect(
      (await cli(['api-keys', 'create', '--name', 'CI', '--role', 'guest', '--person', 'maya@marram.example'])).code,
    ).toBe(EXIT.usage)
  })
})

describe('Importing a cascade', () => {
  const days = ['--starts-on', '2026-01-01', '--ends-on', '2026-12-31']

  test('sends what is needed of the file', async () => {
    const file = join(home, 'goals.json')
    const node = { id: 'a', parent_id: null, type: 'objective', level: 'company', owner: 'Ingrid', text: 'Words' }
    await writeFile(file, JSON.stringify({ title: 'Goals', licence: 'none', nodes: [{ ...node, score: '0.7' }] }))
    const report = {
      dryRun: true,
      cycle: { id: null, name: '2026', startsOn: '2026-01-01', endsOn: '2026-12-31' },
      made: { objectives: 1, keyResults: 0, initiatives: 0, alignments: 0, people: 2, groups: 0, cycles: 1 },
      alreadyThere: 0,
      leftOut: 0,
      lines: [
        {
          nodeId: 'a',
          becomes: 'objective',
          id: null,
          text: 'Words',
          reasons: [{ key: 'import.cascade.no-text' }],
          repairs: [],
        },
      ],
    }
    const { sent, out } = await cli(['import', 'cascade', file, ...days, '--dry-run'], [json(report)])
    expect(sent[0]?.body).toEqual({
      cascade: { title: 'Goals', nodes: [node] },
      startsOn: '2026-01-01',
      endsOn: '2026-12-31',
      dryRun: true,
    })
    expect(out).toContain('a     Objective  Words  it has no text')
    expect(out).toContain('Nothing was saved. It would import: 1 Objective, 2 people, 1 cycle.')
  })

  test('says of what stood under a Key Result what can be done, each as a line to type, and no line is cut', async () => {
    const file = join(home, 'goals.json')
    await writeFile(file, JSON.stringify({ nodes: [{ id: 'a', text: 'Words' }] }))
    const repairs = [
      {
        ...{ method: 'PUT', path: `/v1/objectives/${MAYA}/alignment`, headers: { 'if-match': '*' } },
        body: { toObjectiveId: PRIYA },
        reason: { key: 'repair.align-to-its-objective', values: { above: 'Above' } },
      },
      {
        ...{ method: 'POST', path: `/v1/objectives/${MAYA}/turn-into-key-result` },
        body: { newObjective: {}, toKeyResultId: PRIYA, rollUp: 'shown' },
        reason: { key: 'repair.turn-into-key-result.new', values: {} },
      },
      {
        ...{ method: 'POST', path: `/v1/objectives/${PRIYA}/explorations` },
        body: { barriers: [], attemptId: MAYA },
        reason: { key: 'repair.explore', values: { above: 'Above' } },
      },
    ]
    const report = {
      dryRun: false,
      cycle: { id: MAYA, name: '2026', startsOn: '2026-01-01', endsOn: '2026-12-31' },
      made: { objectives: 1, keyResults: 0, initiatives: 2, alignments: 0, people: 0, groups: 0, cycles: 0 },
      ...{ alreadyThere: 0, leftOut: 0 },
      lines: [{ nodeId: 'a', becomes: 'objective', id: MAYA, text: 'Words', reasons: [], repairs }],
    }
    const { out } = await cli(['import', 'cascade', file, ...days], [json(report)], {}, 40)
    expect(out.split('\n').slice(2, -1)).toEqual([
      '',
      '1 Objective stood under a Key Result. What can be done about it, each as a line to type:',
      '  1. Align it to the Objective which that Key Result belongs to',
      '  2. Make it a Key Result that contributes to that one',
      '  3. Explore what stands in the way of that Objective, and come back with a better draft',
      'a  Words',
      `  1. throughline objectives align ${MAYA} --to-objective-id ${PRIYA} --if-match '*'`,
      `  2. throughline objectives turn-into-key-result ${MAYA} --new-objective '{}' --to-key-result-id ${PRIYA} --roll-up shown`,
      `  3. throughline explorations open ${PRIYA} --barriers '[]' --attempt-id ${MAYA}`,
      '',
      'Cycle: 2026, 2026-01-01 to 2026-12-31',
      'Imported: 1 Objective, 2 Initiatives.',
    ])
  })

  test('names the node and the line of what is wrong', async () => {
    const file = join(home, 'goals.json')
    await writeFile(file, JSON.stringify({ nodes: [{ id: 'a' }, { id: 'b' }], tree: [{ id: 'a' }] }, null, 1))
    const problem = {
      status: 400,
      rule: 'invalid-request',
      title: 'No',
      errors: [{ pointer: '/cascade/nodes/1/parent_id', detail: 'a ring', reason: { key: 'k' } }],
    }
    const { code, err } = await cli(['import', 'cascade', file, ...days], [json(problem, 400)])
    expect(code).toBe(EXIT.invalid)
    expect(err).toContain('/cascade/nodes/1/parent_id (node b, line 7): a ring')
  })

  test('of a broken file says where it breaks off', async () => {
    const file = join(home, 'goals.json')
    await writeFile(file, '{\n "nodes": [\n  {"id": }\n')
    const broken = await cli(['import', 'cascade', file, ...days])
    expect([broken.code, broken.err]).toEqual([EXIT.invalid, expect.stringContaining('line 3')])
    expect((await cli(['import', 'cascade', join(home, 'none.json'), ...days])).code).toBe(EXIT.noInput)
  })
})
