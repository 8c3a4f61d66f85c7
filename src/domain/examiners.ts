import { daysBetween } from './day.ts'
import { type Decimal, ratioUnits, WHOLE } from './decimal.ts'
import type { Examined, ExaminedKeyResult, Examiners, Remark } from './finding.ts'
import type { KeyResultId } from './id.ts'
import { type Wall, wallsAgainst } from './key-result.ts'
import { gapsIn, isMetric } from './measure.ts'
import type { Repair } from './problem.ts'
import type { Settings } from './settings.ts'

/** The rules that judge no words, each with who examines it. */
export const FACTS: Examiners = {
  'objective-aligns-to-objective': alignsUpwards,
  'one-owner': (objective) => walls(objective, 'one-owner'),
  measurable: (objective) => walls(objective, 'measurable'),
  'time-bound': (objective) => walls(objective, 'time-bound'),
  'contribution-follows-alignment': followsAlignment,
  'no-why': hasWhy,
  few: isFew,
  'no-baseline-yet': hasBaseline,
  'sandbagged-or-impossible': fitsItsOwner,
}

/** What is above lies in no group below: a warning only, the wall has been passed. */
function alignsUpwards({ id, title, below }: Examined): Remark[] {
  if (below === null) return []
  const reason = {
    key: 'rule.objective-aligns-to-objective.group-below',
    values: { below: title, above: below.title, group: below.group },
  }
  const end = { method: 'POST', path: `/v1/objectives/${id}/alignment/end`, reason: { key: 'repair.end-alignment' } }
  const about = { noun: 'objective', id } as const
  return [{ about, reason, pointer: '/alignedToId', severity: 'warning', repairs: [end] }]
}

function walls(objective: Examined, rule: Wall['rule']): Remark[] {
  return objective.keyResults.flatMap((keyResult) =>
    wallsAgainst(keyResult, objective.cycle, keyResult.ownerIsActive)
      .filter((wall) => wall.rule === rule)
      .map((wall) => ({
        about: { noun: 'key-result', id: keyResult.id },
        reason: { key: wall.key, values: { keyResult: keyResult.title } },
        pointer: wall.pointer,
        repairs: waysOut(objective, keyResult, wall),
      })),
  )
}

/** Its time can be its cycle's, and its owner the Objective's lead; what is measured only people can say. */
function waysOut({ cycle, lead }: Examined, { id }: ExaminedKeyResult, { pointer, key }: Wall): Repair[] {
  if (pointer === '/deadline') {
    const reason = { key: 'repair.due-with-its-cycle', values: { day: cycle.endsOn } }
    return [edit(id, { deadline: cycle.endsOn }, key, reason)]
  }
  if (pointer === '/startsOn') {
    const reason = { key: 'repair.start-with-its-cycle', values: { day: cycle.startsOn } }
    return [edit(id, { startsOn: cycle.startsOn }, key, reason)]
  }
  if (pointer !== '/ownerId' || !lead.isActive) return []
  return [edit(id, { ownerId: lead.id }, key, { key: 'repair.owned-by-the-lead' })]
}

function edit(id: KeyResultId, fields: object, key: string, reason: Repair['reason']): Repair {
  const why = key.replace(/^rule\.(.+)\.(.+)$/, '$1: $2')
  const path = `/v1/key-results/${id}`
  return { method: 'PATCH', path, headers: { 'if-match': '*' }, body: { ...fields, reason: why }, reason }
}

function followsAlignment({ keyResults }: Examined): Remark[] {
  return keyResults.flatMap(({ id, title, offTheLine }) => {
    if (offTheLine === null) return []
    const end = (already: 'included' | 'additional') => ({
      method: 'POST',
      path: `/v1/key-results/${id}/contribution/end`,
      body: { already },
      reason: { key: `repair.end-contribution.${already}` },
    })
    const reason = {
      key: 'rule.contribution-follows-alignment.off-the-line',
      values: { below: title, above: offTheLine.title },
    }
    const about = { noun: 'key-result', id } as const
    // Only what was reported there can contain what it has added.
    const ends = offTheLine.reported ? [end('included'), end('additional')] : [end('additional')]
    return [{ about, reason, pointer: '/contributesToId', repairs: ends }]
  })
}

function hasWhy({ id, title, why }: Examined): Remark[] {
  if (why !== null && why.trim() !== '') return []
  const reason = { key: 'rule.no-why.missing', values: { objective: title } }
  return [{ about: { noun: 'objective', id }, reason, pointer: '/why' }]
}

function isFew({ id, title, inGroup, keyResults }: Examined, { few }: Settings): Remark[] {
  const about = { noun: 'objective', id } as const
  const remarks: Remark[] = []
  if (inGroup !== null && inGroup.count > few.objectives) {
    const values = { group: inGroup.name, count: inGroup.count, limit: few.objectives }
    remarks.push({ about, reason: { key: 'rule.few.objectives', values }, pointer: '/groupId' })
  }
  const count = keyResults.length
  if (count > few.keyResults) {
    const values = { objective: title, count, limit: few.keyResults }
    remarks.push({ about, reason: { key: 'rule.few.key-results', values }, pointer: '/keyResults' })
  }
  if (count === 1) {
    const reason = { key: 'rule.few.one-key-result', values: { objective: title } }
    remarks.push({ about, reason, pointer: '/keyResults', severity: 'hint' })
  }
  return remarks
}

function hasBaseline({ keyResults, today }: Examined, { baselineAfterDays }: Settings): Remark[] {
  return keyResults.flatMap(({ id, title, measure, baselineSince }) => {
    if (baselineSince === null || !isMetric(measure) || !measure.baseline) return []
    const days = daysBetween(baselineSince, today)
    if (days < baselineAfterDays) return []
    const reason = { key: 'rule.no-baseline-yet.missing', values: { keyResult: title, days } }
    return [{ about: { noun: 'key-result', id }, reason, pointer: '/measure/start' }]
  })
}

/** What is not measurable yet has no target that could be held against anything. */
function fitsItsOwner({ keyResults }: Examined): Remark[] {
  return keyResults.flatMap((keyResult) => {
    const { id, title, measure, state, ambition, ownerName, lastScores } = keyResult
    const found = state === 'draft' || state === 'published' ? misfit(keyResult) : null
    if (found === null || gapsIn(measure).length > 0) return []
    const [latest, secondLatest, thirdLatest] = lastScores as [Decimal, Decimal, Decimal]
    const values = { keyResult: title, owner: ownerName, ambition, latest, secondLatest, thirdLatest }
    const reason = { key: `rule.sandbagged-or-impossible.${found}`, values }
    const pointer = isMetric(measure) ? '/measure/target' : '/measure'
    return [{ about: { noun: 'key-result', id }, reason, pointer }]
  })
}

/** Three scores say something; what is committed is expected to be reached in full, every time. */
function misfit({ ambition, lastScores }: ExaminedKeyResult): 'easy' | 'impossible' | null {
  if (lastScores.length < 3) return null
  const scores = lastScores.map(ratioUnits)
  if (ambition === 'aspirational' && scores.every((score) => score >= WHOLE)) return 'easy'
  return scores.every((score) => score <= OUT_OF_REACH) ? 'impossible' : null
}

const OUT_OF_REACH = ratioUnits('0.3')
