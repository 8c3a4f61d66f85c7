import fc from 'fast-check'
import { expect, test } from 'vitest'
import { computed, expected } from '#test/computed.ts'
import { figuresOf } from '#test/oracle.ts'
import { openRandomWorld } from '#test/random-world.ts'
import type { Known, Measured, Said, World } from '#test/world.ts'
import { decimal, units } from './decimal.ts'

const TODAY = '2026-10-20'

const amount = fc.oneof(
  fc.integer({ min: -9, max: 9 }).map(String),
  fc.bigInt({ min: -(10n ** 24n) + 1n, max: 10n ** 24n - 1n }).map((millionths) => decimal(millionths)),
)
const positive = fc.oneof(
  fc.integer({ min: 1, max: 9 }).map(String),
  fc.bigInt({ min: 1n, max: 10n ** 15n }).map((millionths) => decimal(millionths)),
)
const weight = fc.constantFrom('0', '1', '3', '0.000001', '2.5')
const steps = fc
  .array(weight, { maxLength: 4 })
  .map((weights) => weights.map((one, index) => ({ id: `s${index}`, weight: one })))

const metric = fc
  .tuple(fc.option(amount, { freq: 5 }), fc.option(amount, { freq: 5 }))
  .map(([start, target]): Measured => {
    const goesDown = start !== null && target !== null && units(target) < units(start)
    const far = start !== null && target === start ? decimal(units(start) + 1n) : target
    return { kind: goesDown ? 'decrease' : 'increase', start, target: far }
  })
const baseline = fc
  .record({
    kind: fc.constantFrom('increase' as const, 'decrease' as const),
    target: fc.option(amount),
    by: fc.oneof(
      positive.map((percent) => ({ percent })),
      positive.map((far) => ({ amount: far })),
      fc.constant(null),
    ),
  })
  .map(
    ({ by, target, kind }): Measured => ({
      kind,
      start: null,
      baseline: true,
      target: by === null ? target : null,
      by,
    }),
  )
const maintain = fc
  .tuple(amount, amount, fc.constantFrom('least', 'most', 'both'))
  .map(([one, other, bounds]): Measured => {
    const [atLeast, atMost] = units(one) < units(other) ? [one, other] : [other, one]
    return { kind: 'maintain', atLeast: bounds === 'most' ? null : atLeast, atMost: bounds === 'least' ? null : atMost }
  })
const measure = fc.oneof(
  { weight: 5, arbitrary: metric },
  { weight: 2, arbitrary: baseline },
  { weight: 2, arbitrary: maintain },
  { weight: 2, arbitrary: steps.map((some): Measured => ({ kind: 'milestone', steps: some })) },
  { weight: 1, arbitrary: fc.constant(null) },
)
const day = fc.integer({ min: 1, max: 28 }).map((date) => `2026-10-${String(date).padStart(2, '0')}`)
const said = fc
  .record({ value: amount, steps: fc.subarray(['s0', 's1', 's2', 's3']), done: fc.boolean(), measuredOn: day })
  .map(({ value, measuredOn, ...milestone }) => ({ measuredOn, value, milestone }))

const keyResult = fc.record({
  objective: fc.constantFrom('growth', 'sales'),
  state: fc.constantFrom<Known['state']>(
    'published',
    'published',
    'published',
    'draft',
    'closed',
    'postponed',
    'cancelled',
  ),
  weight,
  measure,
  startsOn: day,
  deadline: day,
  said: fc.array(said, { maxLength: 4 }),
})
const link = fc.record({ to: fc.nat(9), counts: fc.boolean(), share: fc.option(positive), weight })

/** A company of up to ten Key Results, each contributing to at most one further on: no ring can arise. */
const world = fc
  .array(fc.tuple(keyResult, fc.option(link, { freq: 4 })), { minLength: 1, maxLength: 10 })
  .chain((drawn) =>
    fc
      .tuple(
        fc.array(fc.constantFrom<'sum' | 'average'>('sum', 'average'), {
          minLength: drawn.length,
          maxLength: drawn.length,
        }),
        fc.boolean(),
      )
      .map(([rollUps, counts]) => {
        const made: World = { keyResults: new Map(), objectives: new Map(), links: [], today: TODAY }
        for (const objective of ['growth', 'sales'])
          made.objectives.set(objective, { state: 'published', counts: objective === 'growth' || counts, frozen: null })
        drawn.forEach(([one, up], index) => {
          const parent = up && drawn[up.to]?.[0]
          const kind = parent?.measure?.kind
          if (!up || (kind !== 'increase' && kind !== 'decrease') || up.to <= index) return
          const alike = one.measure?.kind === kind
          const rollUp = up.counts ? (rollUps[up.to] as 'sum' | 'average') : 'shown'
          made.links.push({
            from: `${index}`,
            to: `${up.to}`,
            rollUp,
            share: alike ? up.share : (up.share ?? '90'),
            weight: up.weight,
          })
        })
        drawn.forEach(([one], index) => {
          const reported = one.said.map(
            ({ measuredOn, value, milestone }): Said => ({
              measuredOn,
              ...(one.measure?.kind === 'milestone' ? milestone : { value }),
            }),
          )
          const here: Known = { ...one, said: reported, frozen: null }
          made.keyResults.set(`${index}`, here)
          // Frozen just now: as it would stand were it still published.
          here.frozen = figuresOf(
            { ...made, keyResults: new Map([...made.keyResults, [`${index}`, { ...here, state: 'published' }]]) },
            `${index}`,
          )
        })
        return made
      }),
  )

test('Whatever contributes to whatever, every figure is what the Arithmetic says, to the last place', () => {
  fc.assert(
    fc.property(world, (made) => void expect(computed(made)).toEqual(expected(made))),
    { numRuns: 3000 },
  )
})

test.each(Array.from({ length: 20 }, (_, index) => index + 1))(
  'Whatever happens to world %i, one thing after another, its figures are what the Arithmetic says',
  (seed) => {
    const world = openRandomWorld(seed)
    for (let step = 1; step <= 200; step++) {
      world.step()
      expect(world.computed()).toEqual(world.expected())
    }
  },
)
