import type { OutputOf } from '#client/client.ts'
import { ratioUnits, units } from '#domain/decimal.ts'
import { text } from '#test/fraction.ts'
import type { Organization } from '#test/harness.ts'
import { figuresOf, progressOf } from '#test/oracle.ts'
import type { Figures, Known, Measured, Said, World } from '#test/world.ts'

type KeyResult = OutputOf<'key-results.list'>['items'][number]
type CheckIn = OutputOf<'check-ins.list'>['items'][number]

/** Current and progress of everything, by id, as the product tells them. */
export async function figuresAsTold({ administrator }: Organization): Promise<Map<string, (string | null)[]>> {
  const keyResults = (await administrator.call('key-results.list', { limit: 200 })).items
  const objectives = (await administrator.call('objectives.list', { limit: 200 })).items
  return new Map([
    ...keyResults
      .filter(isOpen)
      .map(({ id, current, progress }): [string, (string | null)[]] => [id, [current, progress]]),
    ...objectives.map(({ id, progress }): [string, (string | null)[]] => [id, [progress]]),
  ])
}

/** The same, worked out by the oracle from what was reported and linked. Frozen ones stand as they are told. */
export async function figuresAsTheyMustBe(organization: Organization): Promise<Map<string, (string | null)[]>> {
  const world = await worldOf(organization)
  const figure = (value: Parameters<typeof text>[0] | null) => value && text(value)
  return new Map([
    ...[...world.keyResults]
      .filter(([, known]) => isOpen(known))
      .map(([id]): [string, (string | null)[]] => {
        const { current, progress } = figuresOf(world, id)
        return [id, [figure(current), figure(progress)]]
      }),
    ...[...world.objectives.keys()].map((id): [string, (string | null)[]] => [id, [figure(progressOf(world, id))]]),
  ])
}

function isOpen({ state }: { state: string }): boolean {
  return state === 'published'
}

async function worldOf({ administrator }: Organization): Promise<World> {
  const world: World = { keyResults: new Map(), objectives: new Map(), links: [] }
  for (const { id } of (await administrator.call('objectives.list', { limit: 200 })).items)
    world.objectives.set(id, { state: 'published', frozen: null })
  for (const keyResult of (await administrator.call('key-results.list', { limit: 200 })).items) {
    const reports = (await administrator.call('check-ins.list', { id: keyResult.id, limit: 200 })).items
    world.keyResults.set(keyResult.id, knownOf(keyResult, reports))
    const link = keyResult.contribution
    if (link?.toKeyResultId)
      world.links.push({
        from: keyResult.id,
        to: link.toKeyResultId,
        rollUp: link.rollUp,
        share: link.share,
        weight: link.weight,
      })
  }
  return world
}

function knownOf(keyResult: KeyResult, reports: readonly CheckIn[]): Known {
  const { objectiveId: objective, state, weight, measure } = keyResult
  return { objective, state, weight, measure: measure as Measured, said: saidIn(reports), frozen: frozenAt(keyResult) }
}

/** In the order of recording, each with its correction in its place. */
function saidIn(reports: readonly CheckIn[]): Said[] {
  const correctionOf = new Map(reports.map((one) => [one.corrects, one]))
  return reports
    .filter((one) => one.corrects === null)
    .toSorted((a, b) => (a.recordedAt < b.recordedAt || (a.recordedAt === b.recordedAt && a.id < b.id) ? -1 : 1))
    .map((first) => {
      let last = first
      for (let next = correctionOf.get(last.id); next; next = correctionOf.get(last.id)) last = next
      const { measuredOn, value, takesBack } = last
      return { measuredOn, ...(value === null ? {} : { value }), takenBack: takesBack }
    })
}

function frozenAt({ current, progress, start, target }: KeyResult): Figures {
  const exact = (value: string | null) => (value === null ? null : ([units(value), 1_000_000n] as const))
  const from = exact(start)
  const whole =
    current === null || from === null || target === null
      ? null
      : ([units(current) - units(start as string), units(target) - units(start as string)] as const)
  return { current: exact(current), whole, progress: progress === null ? null : [ratioUnits(progress), 10n ** 12n] }
}
