import type { GroupId, PersonId } from '#domain/id.ts'
import { invalid } from '#domain/problem.ts'
import { type Group, listGroups as groupsOf, liesAbove } from '#store/people.ts'
import { find, insert, update } from '#store/rows.ts'
import * as declared from './declared/groups.ts'
import { type Context, reading, writing } from './operation.ts'
import { asked, paged } from './page.ts'
import { activePerson, named, theGroup } from './resolve.ts'

export const listGroups = reading(declared.listGroups, {
  run: async ({ tx }, { query }) =>
    paged(await groupsOf(tx, query, asked(query)), query.limit, groupView, (row) => row.id),
})

export const showGroup = reading(declared.showGroup, {
  subject: async (context, { params }) => ({ relations: [], group: await theGroup(context, params.id) }),
  run: async (_, __, { group }) => groupView(group),
})

export const createGroup = writing(declared.createGroup, {
  subject: async (context, { body }) => {
    await assertPlace(context, body, null)
    return { relations: [] }
  },
  run: async (context, { body }) => {
    const { name, parentId = null, leadId = null, externalRef = null } = body
    return groupView(
      await insert(context.tx, 'groups', { id: context.newId<GroupId>(), name, parentId, leadId, externalRef }),
    )
  },
})

export const editGroup = writing(declared.editGroup, {
  subject: async (context, { params, body }) => {
    const group = await theGroup(context, params.id)
    await assertPlace(context, body, group)
    const relations = group.leadId !== null && group.leadId === context.actor.personId ? (['lead'] as const) : []
    return { relations, group, version: group.version, current: async () => groupView(group) }
  },
  run: async (context, { body: { reason, ...patch } }, { group }) => {
    context.reason = reason ?? null
    const taken = patch.leadId !== undefined && patch.leadId !== group.leadId
    return groupView(await update(context.tx, 'groups', group, { ...patch, ...(taken ? { leadInterim: false } : {}) }))
  },
})

/** The parent exists, the lead is here, and no group lies below itself. */
async function assertPlace(
  context: Context,
  body: { parentId?: GroupId | null | undefined; leadId?: PersonId | null | undefined },
  self: Group | null,
): Promise<void> {
  if (body.leadId && body.leadId !== self?.leadId) await activePerson(context, '/leadId', body.leadId)
  if (!body.parentId) return
  await named('/parentId', find(context.tx, 'groups', body.parentId))
  if (self && (await liesAbove(context.tx, self.id, body.parentId))) invalid('/parentId', 'group.parent.ring')
}

function groupView({ organizationId: _, ...group }: Group) {
  return group
}
