import { type Finding, wallsAmong } from '#domain/finding.ts'
import { wallsAgainst } from '#domain/key-result.ts'
import { refuse } from '#domain/problem.ts'
import { isUntitled } from '#domain/title.ts'
import { measureOf } from '#store/key-results.ts'
import type { Objective } from '#store/objectives.ts'
import type { Cycle } from '#store/people.ts'
import { findingsOf, type Row } from './examining.ts'
import type { Context } from './operation.ts'

/** The walls against an Objective that is to be published with these drafts. */
export async function wallsAgainstPublishing(
  context: Context,
  objective: Objective,
  keyResults: readonly Row[],
): Promise<Finding[]> {
  return wallsAmong(await findingsOf(context, [objective], keyResults))
}

/** The walls against a published Objective as it would be. Where it stands as before, it is none too many. */
export async function wallsAgainstEdit(context: Context, objective: Objective, moves: boolean): Promise<Finding[]> {
  const walls = wallsAmong(await findingsOf(context, [objective], []))
  return walls.filter(({ rule }) => rule !== 'few' || moves)
}

/** The walls against a Key Result as it is or would be; `beside` which published ones, where it is to be one more. */
export async function wallsAgainstKeyResult(
  context: Context,
  objective: Objective,
  keyResult: Row,
  beside: readonly Row[] = [],
): Promise<Finding[]> {
  const walls = wallsAmong(await findingsOf(context, [objective], [...beside, keyResult]))
  return walls.filter(
    ({ about, pointer }) => about.id === keyResult.id || (pointer === '/keyResults' && beside.length > 0),
  )
}

/** Published over a wall that was turned into a warning: it may lack what it would have to have. */
export function isLenient(keyResult: Row, cycle: Pick<Cycle, 'startsOn' | 'endsOn'>): boolean {
  const { deadline, startsOn } = keyResult
  return wallsAgainst({ measure: measureOf(keyResult), deadline, startsOn }, cycle, true).length > 0
}

type Wall = Omit<Finding, 'rule' | 'severity'> & { rule: Finding['rule'] | 'untitled' }

/** What is published has a title: no rule of the table, since without one nobody could even speak of it. */
export function untitled(things: readonly { about: Finding['about']; title: string }[]): Wall[] {
  const reason = { key: 'rule.untitled.title' }
  return things
    .filter(isUntitled)
    .map(({ about }) => ({ rule: 'untitled', about, reason, pointer: '/title', repairs: [] }))
}

/** Refuses with every wall that stands, each beside its field, under the name of the first. */
export function refuseWalls(
  walls: readonly Wall[],
  pointerOf: (wall: Wall) => string = ({ pointer }) => pointer,
): void {
  const [first] = walls
  if (!first) return
  const errors = walls.map((wall) => ({ pointer: pointerOf(wall), reason: wall.reason }))
  const repairs = walls.flatMap((wall) => wall.repairs)
  refuse({ kind: 'refused', rule: first.rule, reason: first.reason, errors, repairs })
}
