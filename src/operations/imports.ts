import { type CascadeNode, faultsIn } from '#domain/cascade.ts'
import { type Planned, planCascade, type Ref, refsIn } from '#domain/cascade-plan.ts'
import { invalid, type Repair, refuse } from '#domain/problem.ts'
import type { RuleName } from '#domain/rules.ts'
import { weightOf } from '#domain/settings.ts'
import { type Referred, referredTo } from '#store/imports.ts'
import * as declared from './declared/imports.ts'
import { importRepairs } from './import-repairs.ts'
import { type Brought, bringIn, WITHOUT_OBJECTIVE } from './importing.ts'
import { type Context, type Input, writing } from './operation.ts'

type Cascade = Input<typeof declared.importCascade>['body']['cascade']

export const importCascade = writing(declared.importCascade, {
  run: async (context, { body: { cascade, startsOn, endsOn, dryRun } }) => {
    if (endsOn < startsOn) invalid('/endsOn', 'cycle.ends-before-start')
    refuseFaults(cascade.nodes)
    const externalRef = within(cascade)
    const known = await knownIn(context, refsIn(cascade.nodes), externalRef)
    const isWall = (rule: RuleName) => weightOf(context.settings, rule) === 'wall'
    const planned = planCascade(cascade.nodes, { startsOn, endsOn }, known, isWall)
    const cycle = { name: cascade.period ?? `${startsOn} – ${endsOn}`, startsOn, endsOn }
    const brought = await bringIn(context, planned, { cycle, known, externalRef, dryRun })
    const repairs = dryRun ? new Map() : await importRepairs(context, idsOf(planned, brought))
    return report(planned, brought, repairs, dryRun)
  },
})

/** All or nothing: a file that is no cascade is refused with everything that is wrong with it. */
function refuseFaults(nodes: readonly CascadeNode[]): void {
  const faults = faultsIn(nodes)
  if (faults.length === 0) return
  const errors = faults
    .slice(0, 50)
    .map(({ position, field, reason }) => ({ pointer: `/cascade/nodes/${position}/${field}`, reason }))
  refuse({ kind: 'invalid', rule: 'invalid-request', errors })
}

/** A node's id is its own within its file: what the file calls itself goes before it. */
function within({ org, period, title }: Cascade): (ref: Ref) => string {
  const file = [org, period, title].filter(Boolean).join(' / ')
  return (ref) => `${file}${ref}`
}

async function knownIn(
  { tx }: Context,
  refs: readonly Ref[],
  externalRef: (ref: Ref) => string,
): Promise<Map<Ref, Referred>> {
  const found = await referredTo(tx, refs.map(externalRef))
  return new Map(
    refs.flatMap((ref): [Ref, Referred][] => {
      const one = found.get(externalRef(ref))
      return one ? [[ref, one]] : []
    }),
  )
}

function idsOf(planned: readonly Planned[], { idOf }: Brought): string[] {
  return planned.flatMap(({ ref }) => idOf(ref) ?? [])
}

function report(
  planned: readonly Planned[],
  { cycle, made, idOf }: Brought,
  repairs: ReadonlyMap<string, Repair[]>,
  dryRun: boolean,
) {
  const count = (becomes: Planned['becomes']) => planned.filter((one) => one.becomes === becomes).length
  return {
    dryRun,
    cycle,
    made: {
      objectives: count('objective'),
      keyResults: count('key-result'),
      initiatives: count('initiative'),
      ...made,
    },
    alreadyThere: count('already-there'),
    leftOut: count('left-out'),
    lines: planned.map((one) => ({
      nodeId: one.nodeId,
      becomes: one.becomes,
      id: idOf(one.ref),
      text: one.nodeId === null ? WITHOUT_OBJECTIVE : one.text,
      reasons: one.reasons,
      repairs: repairs.get(idOf(one.ref) ?? '') ?? [],
    })),
  }
}
