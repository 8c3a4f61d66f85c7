import type { InputOf } from '#client/client.ts'
import type { Words } from '#web/words.tsx'
import { type KeyResult, type Metric, maintainOf, metricOf, milestoneOf, unitOf } from './key-result.ts'

type Kind = NonNullable<KeyResult['measure']>['kind']
type StepValues = { id: string | null; title: string; weight: string; deadline: string }

/** A Key Result as its form holds it. Both halves of the measure are kept, so that a change of kind loses nothing. */
export type KeyResultValues = {
  title: string
  ownerId: string | null
  measure: {
    kind: Kind
    start: string
    /** The start is not known yet: the first check-in will say it. */
    baseline: boolean
    target: string
    atLeast: string
    atMost: string
    unit: string
    evidence: string
    steps: StepValues[]
    /** What this form does not show, kept as it is. */
    kept: Pick<Metric, 'by' | 'phases'> | null
  }
  startsOn: string
  deadline: string
  weight: string
  ambition: KeyResult['ambition']
  reason: string
}

export function emptyValues(
  ownerId: string | null,
  cycle: { startsOn: string; endsOn: string } | undefined,
): KeyResultValues {
  return {
    title: '',
    ownerId,
    measure: { ...NO_MEASURE, kind: 'increase' },
    startsOn: cycle?.startsOn ?? '',
    deadline: cycle?.endsOn ?? '',
    weight: '1',
    ambition: 'committed',
    reason: '',
  }
}

const NO_MEASURE = {
  start: '',
  baseline: false,
  target: '',
  atLeast: '',
  atMost: '',
  unit: '',
  evidence: '',
  steps: [],
  kept: null,
}

/** Amounts as the reader would type them: what stands in the form is read again as it was. */
export function valuesOf(keyResult: KeyResult, { writtenNumber }: Written): KeyResultValues {
  const { title, ownerId, measure, startsOn, deadline, weight, ambition } = keyResult
  const metric = metricOf(keyResult)
  const maintain = maintainOf(keyResult)
  const milestone = milestoneOf(keyResult)
  const shown = (value: string | null | undefined) => (value == null ? '' : writtenNumber(value))
  return {
    title,
    ownerId,
    measure: {
      kind: measure?.kind ?? 'increase',
      start: shown(metric?.start),
      baseline: metric?.baseline ?? false,
      target: shown(metric?.target),
      atLeast: shown(maintain?.atLeast),
      atMost: shown(maintain?.atMost),
      unit: unitOf(keyResult) ?? '',
      kept: metric && { by: metric.by, phases: metric.phases },
      evidence: milestone?.evidence ?? '',
      steps: (milestone?.steps ?? []).map((step) => ({ ...step, deadline: step.deadline ?? '' })),
    },
    startsOn: startsOn ?? '',
    deadline: deadline ?? '',
    weight: shown(weight),
    ambition,
    reason: '',
  }
}

/** The amounts that are sent, by the names of their fields. */
export function amountsOf({ measure, weight }: KeyResultValues): Record<string, string> {
  const { kind, baseline, start, target, atLeast, atMost } = measure
  if (kind === 'milestone') return { weight }
  if (kind === 'maintain') return { 'measure.atLeast': atLeast, 'measure.atMost': atMost, weight }
  return { ...(baseline ? {} : { 'measure.start': start }), 'measure.target': target, weight }
}

type Written = Pick<Words, 'writtenNumber'>
type Typed = Pick<Words, 'typedNumber'>
type Sent = Omit<InputOf<'key-results.edit'>, 'id'>

/** What is sent: what was left empty is not known yet. */
export function sent(values: KeyResultValues, { typedNumber }: Typed): Sent {
  const { title, ownerId, startsOn, deadline, weight, ambition, reason } = values
  return {
    title,
    measure: measureOf(values.measure, typedNumber),
    ...(ownerId === null ? {} : { ownerId }),
    startsOn: startsOn || null,
    deadline: deadline || null,
    ...(weight.trim() === '' ? {} : { weight: typedNumber(weight) }),
    ambition,
    ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
  } as Sent
}

/** Only what differs from what one began with. */
export function changed(values: KeyResultValues, before: KeyResultValues, words: Typed): Sent {
  const [now, then] = [sent(values, words), sent(before, words)] as Record<string, unknown>[]
  return Object.fromEntries(
    Object.entries(now ?? {}).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(then?.[name])),
  ) as Sent
}

function measureOf(measure: KeyResultValues['measure'], typedNumber: Typed['typedNumber']): Sent['measure'] {
  if (measure.kind === 'milestone') {
    const steps = measure.steps.filter(({ title }) => title.trim() !== '')
    return {
      kind: 'milestone',
      evidence: measure.evidence,
      steps: steps.map(({ id, title, weight, deadline }) => ({
        ...(id === null ? {} : { id }),
        title,
        weight,
        deadline: deadline || null,
      })),
    }
  }
  const known = (text: string) => (text.trim() === '' ? null : typedNumber(text))
  const unit = measure.unit.trim() || null
  if (measure.kind === 'maintain')
    return { kind: 'maintain', atLeast: known(measure.atLeast), atMost: known(measure.atMost), unit }
  const { kind, baseline, kept } = measure
  const target = known(measure.target)
  return {
    kind,
    baseline,
    start: baseline ? null : known(measure.start),
    target,
    unit,
    ...(kept?.by && baseline && target === null ? { by: kept.by } : {}),
    ...(kept && kept.phases.length > 0 ? { phases: kept.phases } : {}),
  }
}
