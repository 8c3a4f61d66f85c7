import type { ChangeId, KeyResultId, ObjectiveId } from '#domain/id.ts'
import { isFrozen } from '#domain/life.ts'
import { refuse } from '#domain/problem.ts'
import type { State } from '#domain/roll-up.ts'
import { type ChangeEntry, entriesOf } from '#store/changes.ts'
import { listCheckIns } from '#store/check-ins.ts'
import { noteFrozen, putBackFrozen } from '#store/frozen.ts'
import { forgetFigures } from '#store/key-results.ts'
import { forgetProgress } from '#store/objectives.ts'
import { editOrganization, type Organization } from '#store/organizations.ts'
import { assertReferencesHold, find, insert, type Recorded, remove, touch, update } from '#store/rows.ts'
import { takeBackKpiValues } from './kpi-values.ts'
import type { WriteContext } from './operation.ts'
import { isActive } from './resolve.ts'
import { assertSound } from './soundness.ts'
import { takeBackCheckIns } from './taking-back.ts'

type Values = Record<string, unknown>

/** Takes back what a change did, last first, as long as nobody has touched what it touched. */
export async function undoEntries(context: WriteContext, changeId: ChangeId): Promise<void> {
  const entries = await entriesOf(context.tx, changeId)
  for (const entry of entries)
    if (entry.noun === 'services' || entry.noun === 'apiKeys' || isMention(entry))
      refuse({ kind: 'refused', rule: 'not-undoable' })
  await assertUntouched(context, entries)
  await takeBackCheckIns(context, entries)
  await takeBackKpiValues(context, entries)
  for (const entry of entries.toReversed()) if (!isReport(entry)) await takeBack(context, entry)
  const [first] = entries
  if (first) await assertReferencesHold(context.tx, first.noun, first.nounId)
  await assertSound(context, entries)
}

/** It stands on record only because of what followed: a link that was handed out cannot be called back this way. */
function isMention({ before, after }: ChangeEntry): boolean {
  return before !== null && after !== null && (before as Values).version === (after as Values).version
}

/** Append-only: it is taken back by another. */
function isReport({ noun }: ChangeEntry): boolean {
  return noun === 'checkIns' || noun === 'kpiValues'
}

async function assertUntouched(context: WriteContext, entries: readonly ChangeEntry[]): Promise<void> {
  const last = new Map(entries.map((entry) => [entry.nounId, entry]))
  for (const entry of last.values()) {
    if (isReport(entry)) continue
    const now = await present(context, entry)
    const then = entry.after as Values | null
    if ((now as Values | undefined)?.version !== then?.version) touched(entry)
  }
}

async function present({ tx, organization }: WriteContext, { noun, nounId }: ChangeEntry): Promise<unknown> {
  return noun === 'organizations' ? organization : await find(tx, noun as Recorded, nounId)
}

function touched(entry: ChangeEntry): never {
  refuse({
    kind: 'conflict',
    rule: 'touched-since',
    reason: { key: 'problem.touched-since.reason', values: { noun: entry.noun, id: entry.nounId } },
  })
}

async function takeBack(context: WriteContext, entry: ChangeEntry): Promise<void> {
  const { tx } = context
  const before = entry.before as Values | null
  const after = entry.after as Values | null
  if (entry.noun === 'organizations') return takeBackSettings(context, before)
  if (entry.noun === 'keyResultValues' || entry.noun === 'objectiveValues') return putBackFrozen(tx, entry)
  const noun = entry.noun as Recorded
  const now = await find(tx, noun, entry.nounId)
  if (before && now) {
    await noteThawed(context, entry, now)
    const { organizationId: _, id: __, version: ___, ...values } = staying(context, noun, before)
    // What was only counted up (a link was written) is counted up again: the change has undone something.
    if ((await update(tx, noun, now, values)) === now) await touch(tx, noun, now)
  } else if (before) {
    await insert(tx, noun, before as never)
  } else if (now) {
    if (noun === 'keyResults') await assertNotReported(context, entry)
    if (noun === 'objectives') await forgetProgress(tx, entry.nounId as ObjectiveId)
    await remove(tx, noun, now)
  }
  moved(context, entry, before ? { ...after, ...before } : null, after)
}

/** Whoever has not left after all stays, also where the day that was set for it is over by now. */
function staying({ today }: WriteContext, noun: Recorded, before: Values): Values {
  const leaves = noun === 'people' && !before.hasLeft && !isActive(before as { leftOn: string | null }, today)
  return leaves ? { ...before, leftOn: null } : before
}

/** Putting back a state can thaw too, and can be undone in its turn. */
async function noteThawed({ tx }: WriteContext, { noun, nounId, before }: ChangeEntry, now: object): Promise<void> {
  const thaws = 'state' in now && isFrozen(now.state as State) && !isFrozen((before as { state: State }).state)
  if (thaws && noun === 'keyResults') await noteFrozen(tx, [nounId as KeyResultId], [])
  if (thaws && noun === 'objectives') await noteFrozen(tx, [], [nounId as ObjectiveId])
}

async function takeBackSettings({ tx, organization }: WriteContext, before: Values | null): Promise<void> {
  if (before === null) refuse({ kind: 'refused', rule: 'not-undoable' })
  const { name, timeZone, firstDayOfWeek, languages, settings } = before as unknown as Organization
  await editOrganization(tx, organization, { name, timeZone, firstDayOfWeek, languages, settings })
}

/** A Key Result that was reported on since is no longer only this change's. */
async function assertNotReported(context: WriteContext, entry: ChangeEntry): Promise<void> {
  const id = entry.nounId as KeyResultId
  if ((await listCheckIns(context.tx, id, { limit: 1 })).length > 0) touched(entry)
  await forgetFigures(context.tx, id)
}

function moved(context: WriteContext, entry: ChangeEntry, before: Values | null, after: Values | null): void {
  for (const row of [before, after]) {
    if (!row) continue
    if (entry.noun === 'objectives' && before) context.moves([], [row.id as ObjectiveId])
    if (entry.noun === 'keyResults')
      context.moves(before ? [row.id as KeyResultId] : [], [row.objectiveId as ObjectiveId])
    if (entry.noun === 'contributions') context.moves([row.fromId as KeyResultId, row.toId as KeyResultId])
  }
}
