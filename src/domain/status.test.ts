import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Decimal, ratioText, ratioUnits, WHOLE } from './decimal.ts'
import type { Measure } from './measure.ts'
import { DEFAULTS, type Settings } from './settings.ts'
import { expectedScore, type Judgeable, SAYABLE, statusOf } from './status.ts'

const parts = (text: string | null) => (text === null ? null : ratioUnits(text))

/** Published, on its way and reported on, unless said otherwise. */
const thing = (more: Partial<Judgeable> = {}): Judgeable => ({
  state: 'published',
  startsOn: '2026-10-01',
  progress: parts('0.5'),
  pace: parts('0.5'),
  confidence: parts('7'),
  missed: 0,
  completes: true,
  score: null,
  expected: WHOLE,
  override: null,
  ...more,
})
const is = (more: Partial<Judgeable>, today = '2026-11-23', settings: Pick<Settings, 'status'> = DEFAULTS) =>
  statusOf(thing(more), today, settings)?.is
const reason = (more: Partial<Judgeable>) => statusOf(thing(more), '2026-11-23', DEFAULTS)?.reason

describe('A Key Result', () => {
  test('is on track while nothing speaks against it', () => {
    expect(is({})).toBe('on track')
    expect(is({ confidence: null, pace: null })).toBe('on track')
  })

  test('is behind from 10 points under its pace, at risk from 25', () => {
    const at = (progress: string) => is({ pace: parts('0.6'), progress: parts(progress) })
    expect(['0.500000000001', '0.5', '0.350000000001', '0.35', '-1'].map(at)).toEqual([
      'on track',
      'behind',
      'behind',
      'at risk',
      'at risk',
    ])
  })

  test('is at risk at a confidence of 3, and no more so at 4; a mean just above 3 is above 3', () => {
    const at = (confidence: string) => is({ confidence: parts(confidence) })
    expect(['0', '3', '3.000000000001', '4', '10'].map(at)).toEqual([
      'at risk',
      'at risk',
      'on track',
      'on track',
      'on track',
    ])
  })

  test('is not started before its start day, however badly it stands, and started on the day itself', () => {
    const bad = { progress: 0n, pace: parts('0.5'), confidence: 0n, missed: 9 }
    expect(['2026-09-30', '2026-10-01'].map((today) => is(bad, today))).toEqual(['not started', 'at risk'])
  })

  test('is achieved at exactly its whole, where that achieves it', () => {
    const at = (progress: string, completes = true) => is({ progress: parts(progress), completes })
    expect([at('0.999999999999'), at('1'), at('1.18'), at('1', false)]).toEqual([
      'on track',
      'achieved',
      'achieved',
      'on track',
    ])
    expect(is({ progress: WHOLE, confidence: 0n, missed: 9 })).toBe('achieved')
  })

  test('is silent after two missed windows, unless its numbers are worse', () => {
    expect([1, 2, 3].map((missed) => is({ missed }))).toEqual(['on track', 'silent', 'silent'])
    expect(is({ missed: 2, progress: parts('0.4') })).toBe('behind')
    expect(is({ missed: 2, confidence: parts('3') })).toBe('at risk')
  })

  test('without progress is not started, silent after two missed windows, at risk where its owner says so', () => {
    const nothing = { progress: null, confidence: null }
    expect(is(nothing)).toBe('not started')
    expect(is({ ...nothing, missed: 2 })).toBe('silent')
    expect(is({ ...nothing, missed: 2, confidence: parts('2') })).toBe('at risk')
  })

  test('that is a draft, or thrown away, has none', () => {
    expect([is({ state: 'draft' }), is({ state: 'discarded' })]).toEqual([undefined, undefined])
  })

  test('is cancelled or postponed as set, whatever else there is', () => {
    const said = { is: 'on track', reason: 'We think so' } as const
    expect([is({ state: 'cancelled', override: said }), is({ state: 'postponed', override: said })]).toEqual([
      'cancelled',
      'postponed',
    ])
  })

  test('is judged by its score once it is closed: achieved when that reaches what is expected', () => {
    const at = (score: string | null, expected: string) =>
      is({ state: 'closed', score: parts(score), expected: ratioUnits(expected), progress: WHOLE })
    expect([at('1', '1'), at('0.99', '1'), at('0.7', '0.7'), at('0.69', '0.7'), at(null, '0.7')]).toEqual([
      'achieved',
      'missed',
      'achieved',
      'missed',
      'missed',
    ])
  })

  test('is what somebody says it is, from before its start to after its end, until it is closed', () => {
    const override = { is: 'behind', reason: 'The pilot slips' } as const
    expect([is({ override }), is({ override }, '2026-09-01'), is({ override, progress: WHOLE })]).toEqual([
      'behind',
      'behind',
      'behind',
    ])
    expect(is({ override, state: 'closed', score: WHOLE })).toBe('achieved')
  })

  test('is judged by the organization’s numbers', () => {
    const settings = { status: { behind: 5, atRisk: 10, lowConfidence: 6, silentAfter: 1 } }
    const at = (more: Partial<Judgeable>) => is(more, '2026-11-23', settings)
    expect([
      at({ progress: parts('0.45') }),
      at({ progress: parts('0.4') }),
      at({ confidence: parts('6') }),
      at({ missed: 1 }),
    ]).toEqual(['behind', 'at risk', 'at risk', 'silent'])
  })
})

describe('The reason', () => {
  test('tells the numbers that it was decided on', () => {
    expect(reason({ progress: parts('0.06'), pace: parts('0.586956521739') })).toEqual({
      key: 'status.reason.at-risk',
      values: { progress: '0.06', pace: '0.586956521739', points: '52.6956521739', confidence: '7', day: '2026-11-23' },
    })
    expect(reason({ missed: 4 })).toMatchObject({ key: 'status.reason.silent', values: { missed: 4 } })
    expect(reason({ override: { is: 'on track', reason: 'Signed today' } })).toEqual({
      key: 'status.reason.override',
      values: { reason: 'Signed today' },
    })
  })

  test('says whether the numbers or the owner’s confidence put it at risk', () => {
    expect(reason({ confidence: parts('2') })?.key).toBe('status.reason.low-confidence')
    expect(reason({ confidence: parts('2'), progress: 0n })?.key).toBe('status.reason.at-risk')
  })
})

test('What is expected at the close is the whole, less its tolerance where it is maintained, 0.7 where aspirational', () => {
  const maintain: Measure = { kind: 'maintain', atLeast: '99' as Decimal, atMost: null, unit: '%' }
  const expected = (ambition: 'committed' | 'aspirational', measure: Measure | null) =>
    ratioText(expectedScore({ ambition, measure }, DEFAULTS))
  expect([expected('committed', null), expected('committed', maintain)]).toEqual(['1', '0.95'])
  expect([expected('aspirational', null), expected('aspirational', maintain)]).toEqual(['0.7', '0.7'])
})

/** The list of DOMAIN.md, one line each, in whole points of a hundred. */
function oracle(one: Drawn, today: string): string | null {
  if (one.state === 'draft' || one.state === 'discarded') return null
  const under = one.progress === null || one.pace === null ? 0 : one.pace - one.progress
  const list: [string, boolean][] = [
    ['cancelled', one.state === 'cancelled'],
    ['postponed', one.state === 'postponed'],
    ['achieved', one.state === 'closed' && one.score !== null && one.score >= one.expected],
    ['missed', one.state === 'closed'],
    [one.override ?? '', one.override !== null],
    ['not started', today < one.startsOn],
    ['achieved', one.completes && one.progress !== null && one.progress >= 100],
    ['at risk', under >= 25 || (one.confidence !== null && one.confidence <= 3)],
    ['behind', under >= 10],
    ['silent', one.missed >= 2],
    ['not started', one.progress === null],
    ['on track', true],
  ]
  return list.find(([, applies]) => applies)?.[0] as string
}

const percent = fc.integer({ min: -20, max: 130 })
const drawn = fc.record({
  state: fc.constantFrom<Judgeable['state']>(
    'published',
    'published',
    'published',
    'closed',
    'postponed',
    'cancelled',
    'draft',
    'discarded',
  ),
  startsOn: fc.constantFrom('2026-11-22', '2026-11-23', '2026-11-24'),
  progress: fc.option(percent),
  pace: fc.option(fc.integer({ min: 0, max: 100 })),
  confidence: fc.option(fc.integer({ min: 0, max: 10 })),
  missed: fc.nat(3),
  completes: fc.boolean(),
  score: fc.option(fc.integer({ min: 0, max: 100 })),
  expected: fc.constantFrom(70, 95, 100),
  override: fc.option(fc.constantFrom(...SAYABLE), { freq: 4 }),
})
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never

test('Whatever it stands at, its status is the first line of the list that applies', () => {
  const ofHundred = (count: number | null) => (count === null ? null : (BigInt(count) * WHOLE) / 100n)
  fc.assert(
    fc.property(drawn, (one) => {
      const judged = statusOf(
        {
          ...one,
          progress: ofHundred(one.progress),
          pace: ofHundred(one.pace),
          confidence: one.confidence === null ? null : BigInt(one.confidence) * WHOLE,
          score: ofHundred(one.score),
          expected: ofHundred(one.expected) as bigint,
          override: one.override && { is: one.override, reason: 'Said so' },
        },
        '2026-11-23',
        DEFAULTS,
      )
      expect(judged?.is ?? null).toBe(oracle(one, '2026-11-23'))
    }),
    { numRuns: 5000 },
  )
})
