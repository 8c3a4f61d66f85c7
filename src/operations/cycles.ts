import { liesWithin } from '#domain/cycle.ts'
import type { CycleId } from '#domain/id.ts'
import { invalid } from '#domain/problem.ts'
import { type Cycle, listCycles as cyclesOf } from '#store/people.ts'
import { find, insert, update } from '#store/rows.ts'
import * as declared from './declared/cycles.ts'
import { type Context, reading, writing } from './operation.ts'
import { asked, paged } from './page.ts'
import { named, theCycle } from './resolve.ts'
import { assertCycleStands } from './standing.ts'

export const listCycles = reading(declared.listCycles, {
  run: async ({ tx }, { query }) =>
    paged(await cyclesOf(tx, query, asked(query)), query.limit, cycleView, (row) => row.id),
})

export const showCycle = reading(declared.showCycle, {
  subject: async (context, { params }) => ({ relations: [], cycle: await theCycle(context, params.id) }),
  run: async (_, __, { cycle }) => cycleView(cycle),
})

export const createCycle = writing(declared.createCycle, {
  subject: async (context, { body }) => {
    await assertTime(context, { ...body, parentId: body.parentId ?? null })
    return { relations: [] }
  },
  run: async (context, { body }) => {
    const { name, startsOn, endsOn, parentId = null, cadence = null, externalRef = null } = body
    return cycleView(
      await insert(context.tx, 'cycles', {
        id: context.newId<CycleId>(),
        name,
        startsOn,
        endsOn,
        parentId,
        cadence,
        externalRef,
      }),
    )
  },
})

export const editCycle = writing(declared.editCycle, {
  subject: async (context, { params, body }) => {
    const cycle = await theCycle(context, params.id)
    await assertTime(context, {
      startsOn: body.startsOn ?? cycle.startsOn,
      endsOn: body.endsOn ?? cycle.endsOn,
      parentId: body.parentId === undefined ? cycle.parentId : body.parentId,
    })
    if (body.parentId === cycle.id) invalid('/parentId', 'cycle.parent.itself')
    return { relations: [], cycle, version: cycle.version, current: async () => cycleView(cycle) }
  },
  run: async (context, { body: { reason, ...patch } }, { cycle }) => {
    context.reason = reason ?? null
    const edited = await update(context.tx, 'cycles', cycle, patch)
    if (edited.startsOn !== cycle.startsOn || edited.endsOn !== cycle.endsOn) await assertCycleStands(context, edited)
    return cycleView(edited)
  },
})

/** It ends after it starts, and lies within the cycle around it. */
async function assertTime(
  context: Context,
  cycle: { startsOn: string; endsOn: string; parentId: CycleId | null },
): Promise<void> {
  if (cycle.endsOn < cycle.startsOn) invalid('/endsOn', 'cycle.ends-before-start')
  if (!cycle.parentId) return
  const parent = await named('/parentId', find(context.tx, 'cycles', cycle.parentId))
  if (!liesWithin(cycle, parent))
    invalid('/parentId', 'cycle.outside-parent', {
      name: parent.name,
      startsOn: parent.startsOn,
      endsOn: parent.endsOn,
    })
}

function cycleView({ organizationId: _, ...cycle }: Cycle) {
  return cycle
}
