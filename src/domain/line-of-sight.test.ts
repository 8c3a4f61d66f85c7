import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ObjectiveId } from './id.ts'
import { lineOfSight, type Stop } from './line-of-sight.ts'
import type { Level } from './objective.ts'
import type { State } from './roll-up.ts'

const id = (name: string) => name as ObjectiveId

/** Stops from the nearest up: `mine→ sales→ company`, each with its level and what its link upwards is. */
function stops(...told: [string, Level, State, ('accepted' | 'offered' | null)?][]): Map<ObjectiveId, Stop> {
  return new Map(
    told.map(([name, level, state, link], index) => {
      const above = told[index + 1]
      const next = link && above ? { toId: id(above[0]), link } : null
      return [id(name), { id: id(name), level, state, next }]
    }),
  )
}

const line = (...told: Parameters<typeof stops>) => {
  const first = told[0]?.[0] ?? ''
  const { unbroken, broken, path } = lineOfSight(id(first), stops(...told))
  return { unbroken, broken: broken && `${broken.why} at ${broken.at}`, path: path.map((stop) => stop.id).join(' ') }
}

describe('A line of sight', () => {
  test('runs over accepted alignments of published Objectives to the company’s', () => {
    expect(
      line(
        ['mine', 'individual', 'published', 'accepted'],
        ['sales', 'group', 'published', 'accepted'],
        ['growth', 'company', 'published'],
      ),
    ).toEqual({
      unbroken: true,
      broken: null,
      path: 'mine sales growth',
    })
  })

  test('is there at once for who holds a company Objective', () => {
    expect(line(['growth', 'company', 'published'])).toEqual({ unbroken: true, broken: null, path: 'growth' })
  })

  test('passes through closed Objectives', () => {
    expect(line(['mine', 'group', 'closed', 'accepted'], ['growth', 'company', 'closed']).unbroken).toBe(true)
  })

  test('breaks where an Objective is aligned to nothing', () => {
    expect(line(['mine', 'individual', 'published', 'accepted'], ['sales', 'group', 'published'])).toEqual({
      unbroken: false,
      broken: 'not-aligned at sales',
      path: 'mine sales',
    })
  })

  test('is drawn on where the next step is only offered, and counts as broken there', () => {
    expect(
      line(
        ['mine', 'individual', 'published', 'offered'],
        ['sales', 'group', 'published', 'accepted'],
        ['growth', 'company', 'published'],
      ),
    ).toEqual({
      unbroken: false,
      broken: 'not-accepted at mine',
      path: 'mine sales growth',
    })
  })

  test.each([
    ['draft', 'not-published'],
    ['discarded', 'not-published'],
    ['cancelled', 'frozen'],
    ['postponed', 'frozen'],
  ] as [State, string][])('breaks at an Objective that is %s', (state, why) => {
    const all = line(
      ['mine', 'individual', 'published', 'accepted'],
      ['sales', 'group', state, 'accepted'],
      ['growth', 'company', 'published'],
    )
    expect(all).toEqual({ unbroken: false, broken: `${why} at sales`, path: 'mine sales growth' })
    expect(line(['mine', 'group', 'published', 'accepted'], ['growth', 'company', state]).broken).toBe(
      `${why} at growth`,
    )
  })

  test('names the first break only', () => {
    expect(line(['mine', 'individual', 'draft', 'offered'], ['sales', 'group', 'postponed']).broken).toBe(
      'not-published at mine',
    )
  })

  test('is reached at the first company Objective; what lies above that breaks nothing', () => {
    expect(
      line(
        ['mine', 'group', 'published', 'accepted'],
        ['growth', 'company', 'published', 'offered'],
        ['year', 'company', 'cancelled'],
      ),
    ).toEqual({
      unbroken: true,
      broken: null,
      path: 'mine growth year',
    })
  })

  test('of nothing is no line', () => {
    expect(lineOfSight(id('mine'), new Map())).toEqual({ unbroken: false, broken: null, path: [] })
  })

  test('ends, whatever leads where', () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    const stop = fc.record({
      level: fc.constantFrom<Level>('company', 'group', 'individual'),
      state: fc.constantFrom<State>('draft', 'published', 'postponed', 'closed', 'cancelled', 'discarded'),
      to: fc.option(fc.constantFrom(...names)),
      link: fc.constantFrom<'accepted' | 'offered'>('accepted', 'offered'),
    })
    fc.assert(
      fc.property(fc.array(stop, { minLength: 5, maxLength: 5 }), (told) => {
        const at = new Map<ObjectiveId, Stop>(
          told.map(({ level, state, to, link }, index) => [
            id(names[index] as string),
            { id: id(names[index] as string), level, state, next: to === null ? null : { toId: id(to), link } },
          ]),
        )
        const { unbroken, broken, path } = lineOfSight(id('a'), at)
        expect(new Set(path).size).toBe(path.length)
        // Unbroken means: each step up to the first company Objective is published or closed, and accepted.
        const reached = path.findIndex((one) => one.level === 'company')
        const walked = reached < 0 ? path : path.slice(0, reached + 1)
        const whole = walked.every(
          (one, index) =>
            ['published', 'closed'].includes(one.state) &&
            (index === walked.length - 1 || one.next?.link === 'accepted'),
        )
        expect(unbroken).toBe(reached >= 0 && whole)
        if (unbroken) expect(broken).toBeNull()
      }),
    )
  })
})
