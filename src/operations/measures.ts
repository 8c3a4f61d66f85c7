import type * as z from 'zod'
import { type Decimal, ENTERED, units } from '#domain/decimal.ts'
import {
  type Maintain,
  type Measure,
  type Metric,
  type Milestone,
  pointsTheRightWay,
  targetBy,
} from '#domain/measure.ts'
import { breaks, invalid } from '#domain/problem.ts'
import type { measureInput } from './declared/measures.ts'

type Given = z.output<typeof measureInput>
type GivenMetric = Extract<Given, { kind: Metric['kind'] }>

/** A measure out of what came in: "by 25 %" becomes a target, steps get ids; what contradicts itself is refused. */
export function measureFrom(given: Given | null, newId: () => string): Measure | null {
  if (given === null) return null
  if (given.kind === 'milestone') return milestoneFrom(given, newId)
  return given.kind === 'maintain' ? maintainFrom(given) : metricFrom(given)
}

function milestoneFrom(given: Extract<Given, { kind: 'milestone' }>, newId: () => string): Milestone {
  const steps = (given.steps ?? []).map((step) => ({
    id: step.id ?? newId(),
    title: step.title,
    weight: step.weight ?? ('1' as Decimal),
    deadline: step.deadline ?? null,
  }))
  const twice = steps.findIndex((step, index) => steps.findIndex((other) => other.id === step.id) < index)
  if (twice >= 0) invalid(`/measure/steps/${twice}/id`, 'measure.step.twice')
  return { kind: 'milestone', evidence: given.evidence ?? null, steps }
}

function maintainFrom({ atLeast = null, atMost = null, unit = null }: Extract<Given, { kind: 'maintain' }>): Maintain {
  if (atLeast !== null && atMost !== null && units(atLeast) > units(atMost))
    breaksAt('/measure/atMost', 'bounds-crossed', { atLeast, atMost })
  return { kind: 'maintain', atLeast, atMost, unit }
}

function metricFrom(given: GivenMetric): Metric {
  const { kind, baseline = false, unit = null, phases = [] } = given
  const start = given.start ?? null
  const by = given.by ?? null
  if (baseline && start !== null) invalid('/measure/baseline', 'measure.baseline-and-start')
  if (by && given.target != null) invalid('/measure/by', 'measure.by-and-target')
  if (by && start === null && !baseline) invalid('/measure/start', 'measure.by-needs-start')
  const target = by && start !== null ? targetBy(kind, start, by) : (given.target ?? null)
  if (target !== null && !ENTERED.test(target)) invalid('/measure/by', 'measure.by-too-far')
  const measure = { kind, start, baseline, target, by: baseline ? by : null, unit, phases }
  if (pointsTheRightWay(measure) === false) breaksAt('/measure/target', `wrong-way-${kind}`, { start, target })
  refuseDisorder(measure)
  return measure
}

/** Phases lead from the start to the target, each later than the one before and none back. */
function refuseDisorder({ kind, start, target, phases }: Metric): void {
  let before = start
  phases.forEach(({ on, value }, index) => {
    const last = phases[index - 1]
    if (last && on <= last.on) invalid(`/measure/phases/${index}/on`, 'measure.phase.order')
    if (leadsBack(kind, before, value) || leadsBack(kind, value, target))
      invalid(`/measure/phases/${index}/value`, 'measure.phase.way')
    before = value
  })
}

function leadsBack(kind: Metric['kind'], from: Decimal | null, to: Decimal | null): boolean {
  if (from === null || to === null) return false
  return kind === 'increase' ? units(to) < units(from) : units(to) > units(from)
}

function breaksAt(pointer: string, why: string, values: Record<string, Decimal | null>): never {
  breaks('measurable', why, values, {
    errors: [{ pointer, reason: { key: `rule.measurable.${why}`, values } }],
  })
}
