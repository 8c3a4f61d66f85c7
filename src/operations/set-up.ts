import type { OrganizationId } from '#domain/id.ts'
import { refuse } from '#domain/problem.ts'
import { redeemLink } from '#store/one-time-links.ts'
import { isEmpty, onlySample } from '#store/organizations.ts'
import * as declared from './declared/organizations.ts'
import { found } from './founding.ts'
import { writing } from './operation.ts'

/** The link is used up in the transaction of its effect: of several at once one makes the organization. */
export const setUp = writing(declared.setUp, {
  run: async ({ services }, { body: { token, organization, administrator } }) => {
    const { store, identity } = services
    const organizationId = services.newId() as OrganizationId
    let accountId: string | undefined
    try {
      const personId = await store.write(organizationId, async (tx) => {
        if (!(await redeemLink(tx.db, token, 'set-up', tx.now))) refuse({ kind: 'refused', rule: 'link-used-up' })
        if (!(await isEmpty(tx)) && !(await onlySample(tx))) refuse({ kind: 'conflict', rule: 'already-set-up' })
        accountId = await identity.createAccount(administrator)
        const { name, email } = administrator
        const founding = { operation: declared.setUp.name, organization, administrator: { name, email }, accountId }
        return (await found(services, tx, founding)).personId
      })
      services.drainer.wake(organizationId)
      return { organizationId, personId }
    } catch (error) {
      if (accountId) await identity.removeAccount(accountId)
      throw error
    }
  },
})
