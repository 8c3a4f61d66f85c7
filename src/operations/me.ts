import { actorId } from '#domain/actor.ts'
import { find } from '#store/rows.ts'
import * as declared from './declared/me.ts'
import { reading } from './operation.ts'
import { organizationView } from './organizations.ts'
import { personView } from './person-page.ts'

export const showMe = reading(declared.showMe, {
  run: async ({ actor, tx, organization, today }) => {
    const person = actor.personId && (await find(tx, 'people', actor.personId))
    return {
      kind: actor.kind,
      id: actorId(actor),
      role: actor.role,
      scopes: [...actor.scopes],
      person: person ? personView(person) : null,
      organization: organizationView(organization),
      today,
    }
  },
})
