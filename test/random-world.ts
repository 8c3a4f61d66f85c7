import type { Figures as Computed } from '#domain/roll-up.ts'
import { chance } from './chance.ts'
import { computed, computedFigures, expected, type Told } from './computed.ts'
import { figuresOf } from './oracle.ts'
import type { Known, Link, Measured, Said, State, World } from './world.ts'

/** A world to which things happen by lot, without a product around it: for the arithmetic alone. */
export type RandomWorld = { step(): string; computed(): Told; expected(): Told }

const AMOUNTS = ['-3', '0', '0.000001', '1', '2', '2.5', '3', '7', '12', '100', '333.333333', '1000000']
const NEXT: Record<State, State[]> = {
  draft: ['published', 'discarded'],
  published: ['closed', 'postponed', 'cancelled'],
  postponed: ['published', 'closed', 'cancelled'],
  closed: ['published'],
  cancelled: ['published'],
  discarded: [],
}
const FROZEN: State[] = ['postponed', 'closed', 'cancelled']

export function openRandomWorld(seed: number): RandomWorld {
  const draw = chance(seed)
  const world: World = { keyResults: new Map(), objectives: new Map(), links: [], today: '2026-10-05' }
  const frozen = new Map<string, Computed>()
  for (const id of ['growth', 'sales', 'north'])
    world.objectives.set(id, { state: 'published', counts: true, frozen: null })

  const COMMANDS: [weight: number, name: string, command: () => void][] = [
    [3, 'add', add],
    [10, 'report', report],
    [3, 'correct', correct],
    [3, 'take back', takeBack],
    [8, 'live on', live],
    [2, 'reweigh', () => edit((known) => ({ weight: draw.pick(['0', '1', '3', '0.000001']), measure: known.measure }))],
    [3, 'remeasure', () => edit((known) => ({ weight: known.weight, measure: measureLike(known.measure) }))],
    [8, 'contribute', contribute],
    [3, 'end a contribution', endContribution],
    [2, 'hide', hide],
    [2, 'a day passes', passDay],
  ]
  const lots = COMMANDS.flatMap(([weight, ...rest]) => Array.from({ length: weight }, () => rest))
  for (let count = 0; count < 5; count++) add()
  return {
    step: () => {
      const [name, command] = draw.pick(lots)
      command()
      return name
    },
    computed: () => computed(world, frozen),
    expected: () => expected(world),
  }

  function add(): void {
    const measure = measureLike(null)
    const known: Known = {
      objective: draw.pick(['growth', 'growth', 'sales', 'north']),
      state: draw.pick(['draft', 'published', 'published', 'published']),
      weight: draw.pick(['0', '1', '1', '3', '2.5']),
      measure,
      startsOn: draw.pick(['2026-10-01', '2026-10-06']),
      deadline: draw.pick(['2026-10-12', '2026-12-31']),
      said: [],
      frozen: null,
    }
    world.keyResults.set(`k${world.keyResults.size}`, known)
  }

  function report(): void {
    const known = open()
    if (known) known.said.push(reportOn(known))
  }

  function correct(): void {
    const known = open()
    const last = known?.said.findIndex((one) => !one.takenBack && draw.oneIn(2)) ?? -1
    if (known && last >= 0) known.said[last] = reportOn(known)
  }

  function takeBack(): void {
    const said = open()?.said.find((one) => !one.takenBack && draw.oneIn(2))
    if (said) said.takenBack = true
  }

  /** What is frozen keeps the figures it had; what thaws is computed anew. */
  function live(): void {
    const [id, known] = draw.pick([...world.keyResults])
    if (NEXT[known.state].length === 0) return
    const state = draw.pick(NEXT[known.state])
    if (FROZEN.includes(state)) {
      known.frozen = figuresOf(world, id)
      frozen.set(id, computedFigures(world, frozen).get(id) as Computed)
    } else {
      known.frozen = null
      frozen.delete(id)
    }
    known.state = state
    if (state === 'discarded') world.links = world.links.filter((link) => link.from !== id && link.to !== id)
  }

  function edit(change: (known: Known) => Pick<Known, 'weight' | 'measure'>): void {
    const known = open()
    if (!known) return
    const { weight, measure } = change(known)
    known.weight = weight
    const id = [...world.keyResults].find(([, one]) => one === known)?.[0] as string
    const linked = world.links.some((link) => link.from === id || link.to === id)
    if (!linked || measure?.kind === known.measure?.kind) known.measure = measure
  }

  /** To one made later, so that no ring can arise; another link of the child ends. */
  function contribute(): void {
    const all = [...world.keyResults]
    const from = draw.below(all.length)
    const [id, child] = all[from] as [string, Known]
    const fits = all
      .slice(from + 1)
      .filter(([, one]) => one.measure?.kind === 'increase' || one.measure?.kind === 'decrease')
    if (fits.length === 0 || child.state === 'discarded') return
    const [to, parent] = draw.pick(fits)
    if (parent.state === 'discarded') return
    const others = world.links.filter((link) => link.to === to && link.from !== id && link.rollUp !== 'shown')
    const rollUp = draw.oneIn(6) ? 'shown' : (others[0]?.rollUp ?? draw.pick(['sum', 'sum', 'average'] as const))
    const alike = child.measure?.kind === parent.measure?.kind
    const share = alike && draw.oneIn(2) ? null : draw.pick(['0.000001', '7', '90000', '333.333333'])
    const link: Link = { from: id, to, rollUp, share, weight: draw.pick(['0', '1', '3', '2.5']) }
    world.links = [...world.links.filter((one) => one.from !== id), link]
  }

  function endContribution(): void {
    if (world.links.length > 0) world.links.splice(draw.below(world.links.length), 1)
  }

  function hide(): void {
    const objective = world.objectives.get(draw.pick(['growth', 'sales', 'north']))
    if (objective) objective.counts = draw.oneIn(2)
  }

  function passDay(): void {
    world.today = later(world.today as string, 1)
  }

  function open(): Known | undefined {
    const known = draw.pick([...world.keyResults.values()])
    return known.state === 'published' || known.state === 'draft' ? known : undefined
  }

  function reportOn({ measure }: Known): Said {
    const measuredOn = later(world.today as string, -draw.below(4))
    if (measure?.kind !== 'milestone') return { measuredOn, value: draw.pick(AMOUNTS) }
    if (draw.oneIn(4)) return { measuredOn, done: true }
    return { measuredOn, steps: measure.steps.map((step) => step.id).filter(() => draw.oneIn(2)) }
  }

  function measureLike(like: Measured | null): Measured | null {
    const kind =
      like?.kind ?? draw.pick(['increase', 'increase', 'increase', 'decrease', 'maintain', 'milestone'] as const)
    if (kind === 'milestone') {
      const steps = Array.from({ length: draw.below(4) }, (_, index) => ({
        id: `s${index}`,
        weight: draw.pick(['0', '1', '3']),
      }))
      return { kind, steps }
    }
    const [low, high] = twoAmounts()
    if (kind === 'maintain') return { kind, atLeast: draw.oneIn(3) ? null : low, atMost: draw.oneIn(2) ? null : high }
    const [start, target] = kind === 'increase' ? [low, high] : [high, low]
    if (!draw.oneIn(4)) return { kind, start, target }
    const by = draw.pick([null, { percent: '25' }, { amount: '2.5' }])
    return { kind, start: null, baseline: true, target: by ? null : target, by }
  }

  function twoAmounts(): [string, string] {
    const low = draw.below(AMOUNTS.length - 1)
    return [AMOUNTS[low] as string, AMOUNTS[low + 1 + draw.below(AMOUNTS.length - low - 1)] as string]
  }
}

function later(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}
