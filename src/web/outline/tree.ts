import type { KeyResult } from '#web/key-result/key-result.ts'
import type { Objective } from '#web/objective/objective.ts'

/** A place in the outline, with what hangs below it. `offered`: the link that leads up from here is not yet accepted. */
export type Branch = { id: string; children: Branch[]; mine: boolean; offered: boolean } & (
  | { kind: 'section'; title: string }
  | { kind: 'objective'; objective: Objective }
  | { kind: 'key-result'; keyResult: KeyResult }
)

export type Section = { id: string; title: string; holds(objective: Objective): boolean }

type Material = { objectives: readonly Objective[]; keyResults: readonly KeyResult[]; meId: string }

const ALTITUDE = { company: 0, group: 1, individual: 2 }

/** By alignment: each Objective under the one it serves, or is offered to, with its Key Results before what aligns to it. */
export function byAlignment(material: Material): Branch[] {
  const shown = new Map<string, Objective>(material.objectives.map((objective) => [objective.id, objective]))
  const below = grouped(material.objectives, (objective) => parentOf(objective, shown)?.id ?? null)
  const keyResults = grouped(material.keyResults, (keyResult) => keyResult.objectiveId)
  const grow = (objective: Objective): Branch => {
    const children = [
      ...leaves(keyResults.get(objective.id), material.meId),
      ...(below.get(objective.id) ?? []).map(grow),
    ]
    return branch(objective, children, material.meId)
  }
  const tops = (below.get(null) ?? []).toSorted((a, b) => ALTITUDE[a.level] - ALTITUDE[b.level])
  return tops.map(grow)
}

/** By group: a heading for each section that holds something, and its Objectives side by side. */
export function bySection(material: Material, sections: readonly Section[]): Branch[] {
  const keyResults = grouped(material.keyResults, (keyResult) => keyResult.objectiveId)
  return sections.flatMap((section) => {
    const children = material.objectives
      .filter((objective) => section.holds(objective))
      .map((objective) => branch(objective, leaves(keyResults.get(objective.id), material.meId), material.meId))
    if (children.length === 0) return []
    return [{ kind: 'section' as const, id: section.id, title: section.title, children, mine: false, offered: false }]
  })
}

/** The nearest Objective above that is shown. Links that lead in a ring, or nowhere, make a top of their own. */
function parentOf(objective: Objective, shown: ReadonlyMap<string, Objective>): Objective | undefined {
  const seen = new Set<string>([objective.id])
  let above = nextUp(objective)
  while (above !== null && !seen.has(above)) {
    seen.add(above)
    const found = shown.get(above)
    if (found) return leadsTo(found, objective.id, shown) ? undefined : found
    above = null
  }
  return undefined
}

function nextUp(objective: Objective): string | null {
  return objective.alignedToId ?? objective.alignmentOffer?.toObjectiveId ?? null
}

function leadsTo(from: Objective, id: string, shown: ReadonlyMap<string, Objective>): boolean {
  const seen = new Set<string>()
  let here: Objective | undefined = from
  while (here && !seen.has(here.id)) {
    if (here.id === id) return true
    seen.add(here.id)
    here = shown.get(nextUp(here) ?? '')
  }
  return false
}

function branch(objective: Objective, children: Branch[], meId: string): Branch {
  const mine = objective.leadId === meId || children.some((child) => child.mine && !child.offered)
  const offered = objective.alignedToId === null && objective.alignmentOffer !== null
  return { kind: 'objective', id: objective.id, objective, children, mine, offered }
}

function leaves(keyResults: readonly KeyResult[] = [], meId: string): Branch[] {
  return keyResults.map((keyResult) => ({
    kind: 'key-result',
    id: keyResult.id,
    keyResult,
    children: [],
    mine: keyResult.ownerId === meId,
    offered: false,
  }))
}

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  return Map.groupBy(items, keyOf)
}
