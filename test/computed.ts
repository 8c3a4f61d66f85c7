import { decimal, ratioText, units } from '#domain/decimal.ts'
import { effective, type Measure, type Reported } from '#domain/measure.ts'
import { type Contributor, type Figures, figures, objectiveProgress, standsInMean } from '#domain/roll-up.ts'
import { text } from './fraction.ts'
import { countingInto, figuresOf, progressOf } from './oracle.ts'
import type { Known, Link, World } from './world.ts'

/** What the domain says of a world, and what the oracle says: the same texts, in the same order. */
export type Told = { keyResults: (string | null)[][]; objectives: (string | null)[] }

/** Figures that were frozen, by Key Result: where the domain left them. */
export type Frozen = ReadonlyMap<string, Figures>

export function computed(world: World, frozen: Frozen = new Map()): Told {
  const known = computedFigures(world, frozen)
  const keyResults = [...world.keyResults.keys()].map((id) => {
    const { current, progress } = known.get(id) as Figures
    return [current === null ? null : decimal(current), progress === null ? null : ratioText(progress)]
  })
  const objectives = [...world.objectives.keys()].map((id) => {
    const progress = computedProgress(world, known, id)
    return progress === null ? null : ratioText(progress)
  })
  return { keyResults, objectives }
}

/** By Key Result; a child before its parent, whatever their order. */
export function computedFigures(world: World, frozen: Frozen = new Map()): Map<string, Figures> {
  const known = new Map<string, Figures>()
  const visit = (id: string): Figures => {
    const found = known.get(id) ?? frozen.get(id)
    if (found) {
      known.set(id, found)
      return found
    }
    const keyResult = world.keyResults.get(id) as Known
    const children = countingInto(world, id).map((link) => contributor(world, link, visit(link.from)))
    const { startsOn = '', deadline = '9' } = keyResult
    const { today = '' } = world
    const made = figures(measureOf(keyResult), reportedOn(keyResult), children, {
      from: startsOn,
      to: earlier(deadline, today),
    })
    known.set(id, made)
    return made
  }
  for (const id of world.keyResults.keys()) visit(id)
  return known
}

function computedProgress(world: World, known: ReadonlyMap<string, Figures>, objective: string): bigint | null {
  const own = [...world.keyResults].filter(([, keyResult]) => keyResult.objective === objective)
  const weighed = own.map(([id, { weight, state }]) => ({
    id,
    weight: units(weight),
    state,
    conforms: true,
    progress: known.get(id)?.progress ?? null,
  }))
  const through = (id: string) =>
    world.links.some(
      (link) =>
        link.from === id && link.rollUp !== 'shown' && weighed.some((one) => one.id === link.to && standsInMean(one)),
    )
  return objectiveProgress(weighed.map((one) => ({ ...one, countedThrough: through(one.id) })))
}

export function expected(world: World): Told {
  const keyResults = [...world.keyResults.keys()].map((id) => {
    const { current, progress } = figuresOf(world, id)
    return [current && text(current), progress && text(progress)]
  })
  const objectives = [...world.objectives.keys()]
    .map((id) => progressOf(world, id))
    .map((progress) => progress && text(progress))
  return { keyResults, objectives }
}

function contributor(world: World, link: Link, figure: Figures): Contributor {
  const child = world.keyResults.get(link.from) as Known
  return {
    ...figure,
    measure: effective(measureOf(child), reportedOn(child).first),
    state: child.state,
    conforms: true,
    rollUp: link.rollUp,
    share: link.share === null ? null : units(link.share),
    weight: units(link.weight),
  }
}

function measureOf({ measure }: Known): Measure | null {
  if (measure === null) return null
  if (measure.kind === 'milestone') {
    const steps = measure.steps.map((step) => ({ ...step, title: step.id, deadline: null }))
    return { kind: 'milestone', evidence: 'Signed', steps } as unknown as Measure
  }
  if (measure.kind === 'maintain') return { ...measure, unit: 'USD' } as Measure
  return { baseline: false, by: null, ...measure, unit: 'USD', phases: [] } as Measure
}

/** By the day measured, then in the order of recording, as the database hands them over. */
function reportedOn(known: Known): Reported {
  const said = known.said.filter((one) => !one.takenBack)
  const inOrder = said.toSorted((a, b) => a.measuredOn.localeCompare(b.measuredOn))
  const values = inOrder.filter((one) => one.value !== undefined)
  const byDay = new Map(values.map((one) => [one.measuredOn, units(one.value as string)]))
  const first = said.find((one) => one.value !== undefined)?.value
  const last = inOrder.findLast((one) => one.done !== undefined || one.steps !== undefined)
  return {
    value: [...byDay.values()].at(-1) ?? null,
    first: first === undefined ? null : units(first),
    byDay: [...byDay].map(([day, value]) => ({ day, value })),
    stepsDone: inOrder.findLast((one) => one.steps !== undefined)?.steps ?? [],
    done: last?.done ?? false,
  }
}

function earlier(one: string, other: string): string {
  if (one < other) return one
  return other
}
