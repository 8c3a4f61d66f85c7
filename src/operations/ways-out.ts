import { overlap } from '#domain/day.ts'
import type { ObjectiveId } from '#domain/id.ts'
import { isOpen, placeUnder, whyNotAlign } from '#domain/objective.ts'
import { type Fitting, ledAtOrBelow } from '#store/fitting.ts'
import { hangingOn } from '#store/hanging.ts'
import type { KeyResult } from '#store/key-results.ts'
import { lineAbove } from '#store/links.ts'
import type { Objective } from '#store/objectives.ts'
import { type Cycle, cyclesAmong } from '#store/people.ts'
import { may } from './access.ts'
import type { Context } from './operation.ts'
import { relationsToObjective } from './relations.ts'

/** An Objective (without an id while it is only about to be written) that was pointed at a Key Result of another one. */
export type Pointed = {
  below: Pick<Objective, 'title' | 'level' | 'state' | 'authorId' | 'leadId' | 'groupId' | 'visibility' | 'cycleId'> & {
    id: ObjectiveId | null
  }
  keyResult: Pick<KeyResult, 'id' | 'title' | 'state'>
  above: Pick<Objective, 'id' | 'title' | 'level' | 'state' | 'authorId' | 'leadId' | 'cycleId'>
}

/** Which of the three ways out are open. `turns`: under the one Objective of the caller's that fits, or a new one. */
export type Ways = { aligns: boolean; turns: { under: Fitting | null } | null; explores: boolean }

/** For many at once, in a few queries. A way that would be refused is none. */
export async function waysOut(context: Context, all: readonly Pointed[]): Promise<Ways[]> {
  const { tx, actor } = context
  const cycles = await cyclesAmong(tx, [...new Set(all.flatMap(({ below, above }) => [below.cycleId, above.cycleId]))])
  const isAbove = await linesFrom(context, all)
  const hanging = await hangingOn(
    tx,
    all.flatMap(({ below }) => below.id ?? []),
  )
  const aboveIds = all.map(({ above }) => above.id)
  const led = actor.personId === null ? [] : await ledAtOrBelow(tx, actor.personId, aboveIds)
  const ledUnder = Map.groupBy(led, ({ aboveId }) => aboveId)
  return await Promise.all(all.map(waysOf))

  async function waysOf(pointed: Pointed): Promise<Ways> {
    const { below, above } = pointed
    return {
      aligns: isOpen(below) && fits(pointed, below) && !(below.id !== null && isAbove(below.id, above.id)),
      turns: (await mayTurn(pointed)) ? { under: theOne(pointed) } : null,
      explores: isOpen(above),
    }
  }

  function cycleOf(id: Objective['cycleId']): Cycle {
    return cycles.get(id) as Cycle
  }

  function fits({ below, above }: Pointed, as: Pick<Objective, 'level' | 'cycleId'>): boolean {
    const lower = { ...below, ...as, id: below.id ?? ('' as ObjectiveId), cycle: cycleOf(as.cycleId) }
    return whyNotAlign(lower, { ...above, cycle: cycleOf(above.cycleId) }, actor.personId) === null
  }

  async function mayTurn(pointed: Pointed): Promise<boolean> {
    const { below, keyResult, above } = pointed
    if (!isOpen(below) || keyResult.state !== 'published' || above.id === below.id) return false
    if (below.id !== null && hanging.has(below.id)) return false
    // A new Objective stands where it fits, whatever the level and cycle of this one.
    const [meant, upper] = [
      { level: below.level, cycle: cycleOf(below.cycleId) },
      { level: above.level, cycle: cycleOf(above.cycleId) },
    ]
    if (!fits(pointed, placeUnder(meant, upper))) return false
    if (below.id === null || may(TURN, actor, []) !== 'no') return true
    return may(TURN, actor, await relationsToObjective(context, below)) !== 'no'
  }

  /** Where more than one fits it is not for us to choose; what is private goes under nothing that is not. */
  function theOne({ below, above }: Pointed): Fitting | null {
    const cycle = cycleOf(below.cycleId)
    const fitting = (ledUnder.get(above.id) ?? []).filter(
      (one) =>
        one.id !== below.id && overlap(one, cycle) && (below.visibility === 'everyone' || one.visibility === 'named'),
    )
    return fitting.length === 1 ? (fitting[0] as Fitting) : null
  }
}

const TURN = 'objectives.turn-into-key-result'

/** Whether an Objective stands above another over accepted alignments. */
async function linesFrom({ tx }: Context, all: readonly Pointed[]) {
  const steps = await lineAbove(tx, [...new Set(all.map(({ above }) => above.id))])
  const next = new Map(steps.flatMap(({ fromId, toId, state }) => (state === 'accepted' ? [[fromId, toId]] : [])))
  return (upper: ObjectiveId, lower: ObjectiveId): boolean => {
    const met = new Set<ObjectiveId>()
    for (let here = next.get(lower); here !== undefined && !met.has(here); here = next.get(here)) {
      if (here === upper) return true
      met.add(here)
    }
    return false
  }
}
