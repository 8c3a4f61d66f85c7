/**
 * What every figure has to be, written from DOMAIN.md's Arithmetic alone: fractions, recursion, no line shared with the
 * product. It reads a small world of plain texts and knows nothing of rows, marks or levels.
 */
import type { Fraction } from './fraction.ts'
import { clamped, fraction, less, maybe, mean, minus, over, plus, rounded, times, UNIT, ZERO } from './fraction.ts'
import type { Figures, Known, Link, Metric, Purpose, Said, State, Step, World } from './world.ts'

type Aim = { start: Fraction | null; target: Fraction | null }

const NOTHING: Figures = { current: null, whole: null, progress: null }

export function figuresOf(world: World, id: string): Figures {
  const known = world.keyResults.get(id) as Known
  const { state, measure, said, frozen } = known
  if (isFrozen(state)) return frozen as Figures
  if (measure === null) return NOTHING
  if (measure.kind === 'milestone') return standing(null, milestone(measure.steps, inOrder(said)))
  const value = valueAt(said, null)
  if (measure.kind === 'maintain') {
    const whole = maintained(world, known, measure)
    return whole ? standing(value, whole) : { ...NOTHING, current: value }
  }
  const { start, target } = aim(known, measure)
  if (start === null) return { ...NOTHING, current: value }
  const into = countingInto(world, id)
  const current = into.some((link) => link.rollUp === 'average')
    ? plus(start, target === null ? ZERO : rounded(times(minus(target, start), average(world, into) ?? ZERO), 6))
    : into.reduce((total, link) => plus(total, added(world, link)), value ?? start)
  return target === null || minus(target, start)[0] === 0n
    ? { ...NOTHING, current }
    : standing(current, over(minus(current, start), minus(target, start)))
}

/** A baseline's start is the first value recorded; what is said "by 25 %" goes from there. */
export function aim({ said }: Known, { kind, start, baseline, target, by }: Metric): Aim {
  if (!baseline) return { start: maybe(start), target: maybe(target) }
  const from = maybe(said.find((one) => !one.takenBack && one.value !== undefined)?.value)
  if (!by || from === null) return { start: from, target: by ? null : maybe(target) }
  const size = less(from, ZERO) ? minus(ZERO, from) : from
  const far = 'amount' in by ? fraction(by.amount) : rounded(over(times(size, fraction(by.percent)), [100n, 1n]), 6)
  return { start: from, target: kind === 'increase' ? plus(from, far) : minus(from, far) }
}

/** Day by day: the value that holds at its end, and whether it is within the bounds. */
function maintained(
  { today = '' }: World,
  { said, startsOn = '', deadline = '9' }: Known,
  bounds: { atLeast: string | null; atMost: string | null },
) {
  const first = inOrder(said).find((one) => one.value !== undefined)?.measuredOn
  if (first === undefined) return null
  const [low, high] = [maybe(bounds.atLeast), maybe(bounds.atMost)]
  const within = (value: Fraction) => !(low && less(value, low)) && !(high && less(high, value))
  let [inside, all] = [0n, 0n]
  for (let day = first > startsOn ? first : startsOn; day <= today && day <= deadline; day = nextDay(day)) {
    all += 1n
    if (within(valueAt(said, day) as Fraction)) inside += 1n
  }
  return all === 0n ? null : ([inside, all] as Fraction)
}

function valueAt(said: Said[], day: string | null): Fraction | null {
  const known = inOrder(said).filter((one) => one.value !== undefined && (day === null || one.measuredOn <= day))
  return maybe(known.at(-1)?.value)
}

/** Accepted, not merely shown, and not of a private Objective that does not count elsewhere. */
export function countingInto({ links, keyResults, objectives }: World, id: string): Link[] {
  const home = (keyResult: string) => keyResults.get(keyResult)?.objective as string
  const counts = (link: Link) => home(link.from) === home(id) || objectives.get(home(link.from))?.counts !== false
  return links.filter((link) => link.to === id && link.rollUp !== 'shown' && counts(link))
}

/** What an accepted summing link adds to its parent, in the parent's unit. */
export function added(world: World, { from, to, share }: Link): Fraction {
  const child = world.keyResults.get(from) as Known
  const { current, whole } = figuresOf(world, from)
  if (whole === null || child.state === 'draft' || child.state === 'discarded') return ZERO
  const sign = (world.keyResults.get(to) as Known).measure?.kind === 'decrease' ? -1n : 1n
  if (share !== null) return times([sign, 1n], rounded(times(fraction(share), whole), 6))
  if (child.measure?.kind !== 'increase' && child.measure?.kind !== 'decrease') return ZERO
  return minus(current as Fraction, aim(child, child.measure).start as Fraction)
}

export function progressOf(world: World, objective: string): Fraction | null {
  const { state, frozen } = world.objectives.get(objective) as Purpose
  if (isFrozen(state)) return frozen?.progress ?? null
  const own = [...world.keyResults.entries()].filter(([, known]) => known.objective === objective)
  const stands = ([id, { state }]: [string, Known]) => counted(state) && figuresOf(world, id).progress !== null
  const standing = new Set(own.filter(stands).map(([id]) => id))
  const through = (id: string) =>
    world.links.some((link) => link.from === id && link.rollUp !== 'shown' && standing.has(link.to))
  const items = own
    .filter(([id]) => standing.has(id) && !through(id))
    .map(([id, { weight }]) => weighed(world, id, weight))
  const whole = mean([...items, ...(world.includeAligned ? alignedInto(world, objective) : [])])
  return whole && rounded(whole, 12)
}

/** Objectives directly below, with weight 1, save those of which a Key Result counts towards one of this Objective's. */
function alignedInto(world: World, objective: string): [Fraction, Fraction][] {
  return [...world.objectives].flatMap(([id, { state, above, counts }]): [Fraction, Fraction][] => {
    if (above !== objective || counts === false || !counted(state)) return []
    const already = [...world.keyResults].some(
      ([to, known]) =>
        known.objective === objective &&
        countingInto(world, to).some(({ from }) => world.keyResults.get(from)?.objective === id),
    )
    const progress = already ? null : progressOf(world, id)
    return progress === null ? [] : [[UNIT, clamped(progress)]]
  })
}

/** By the day measured, then by the time recorded; what was taken back was never made. */
function inOrder(said: Said[]): Said[] {
  return said
    .filter((one) => !one.takenBack)
    .toSorted((a, b) => (a.measuredOn < b.measuredOn ? -1 : a.measuredOn > b.measuredOn ? 1 : 0))
}

function milestone(steps: Step[], said: Said[]): Fraction {
  if (said.findLast((one) => one.done !== undefined || one.steps !== undefined)?.done) return UNIT
  const done = said.findLast((one) => one.steps !== undefined)?.steps ?? []
  const whole = mean(steps.map(({ id, weight }) => [fraction(weight), done.includes(id) ? UNIT : ZERO])) ?? ZERO
  return less([99n, 100n], whole) ? [99n, 100n] : whole
}

function average(world: World, into: Link[]): Fraction | null {
  const stateOf = (id: string) => (world.keyResults.get(id) as Known).state
  const counted = into.filter(({ from }) => !['draft', 'discarded', 'cancelled'].includes(stateOf(from)))
  const known = counted.filter(({ from }) => figuresOf(world, from).progress !== null)
  return mean(known.map(({ from, weight }) => weighed(world, from, weight)))
}

const nextDay = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
const isFrozen = (state: State) => ['postponed', 'closed', 'cancelled'].includes(state)
const counted = (state: State) => state === 'published' || state === 'closed'
const standing = (current: Fraction | null, whole: Fraction) => ({ current, whole, progress: rounded(whole, 12) })
const weighed = (world: World, id: string, weight: string): [Fraction, Fraction] => [
  fraction(weight),
  clamped(figuresOf(world, id).progress as Fraction),
]
