import type * as z from 'zod'
import type { Actor, Role } from '#domain/actor.ts'
import type { OrganizationId, PersonId } from '#domain/id.ts'
import { CATALOGUE, type DeclarationOf, type OperationName } from '#operations/declared/catalogue.ts'
import type { Declaration } from '#operations/declared/declaration.ts'
import { perform } from '#operations/perform.ts'
import type { Services } from '#operations/services.ts'
import { recorder } from '#store/rows.ts'
import type { WriteTx } from '#store/store.ts'

/** What a verb takes, by where it stands. */
type Parts<Name extends OperationName> = {
  params?: z.input<DeclarationOf<Name>['params']>
  body?: z.input<DeclarationOf<Name>['body']>
}

export type Act = <Name extends OperationName>(
  actor: Actor,
  name: Name,
  parts: Parts<Name>,
) => Promise<z.output<DeclarationOf<Name>['output']>>

/** Verbs as everywhere else, each a change of its own, and all of them in one transaction: all of it, or nothing. */
export function actingIn(services: Services, tx: WriteTx): Act {
  const store: Services['store'] = {
    ...services.store,
    read: (_, run) => run(tx),
    write: (_, run) => run({ ...tx, recorder: recorder() }),
  }
  const drainer = { wake: () => {}, settled: async () => {} }
  return async (actor, name, { params, body }) => {
    const declaration: Declaration = CATALOGUE[name]
    const request = { actor, params, query: {}, body, headers: { ifMatch: '*' } }
    return (await perform({ ...services, store, drainer }, declaration, request)).body as never
  }
}

export function actorOf(organizationId: OrganizationId, personId: PersonId, role: Role): Actor {
  return { kind: 'person', organizationId, personId, role, scopes: ['read', 'write'], apiKeyId: null }
}
