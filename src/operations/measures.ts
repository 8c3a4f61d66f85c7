import type * as z from 'zod'
import { type Decimal, ENTERED } from '#domain/decimal.ts'
import { type Measure, pointsTheRightWay, targetBy } from '#domain/measure.ts'
import { breaks, invalid } from '#domain/problem.ts'
import type { measureInput } from './declared/measures.ts'

/** A measure out of what came in: "by 25 %" becomes a target, steps get ids; a target on the wrong side is refused. */
export function measureFrom(given: z.output<typeof measureInput> | null, newId: () => string): Measure | null {
  if (given === null) return null
  if (given.kind === 'milestone') {
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
  if (given.by && given.target != null) invalid('/measure/by', 'measure.by-and-target')
  if (given.by && given.start == null) invalid('/measure/start', 'measure.by-needs-start')
  const start = given.start ?? null
  const target = given.by && start !== null ? targetBy(given.kind, start, given.by) : (given.target ?? null)
  if (target !== null && !ENTERED.test(target)) invalid('/measure/by', 'measure.by-too-far')
  const measure = { kind: given.kind, start, target, unit: given.unit ?? null }
  if (pointsTheRightWay(measure) === false) {
    const values = { start, target }
    breaks('measurable', `wrong-way-${given.kind}`, values, {
      errors: [{ pointer: '/measure/target', reason: { key: `rule.measurable.wrong-way-${given.kind}`, values } }],
    })
  }
  return measure
}
