import { refuse } from '#domain/problem.ts'
import type { Identity } from './identity.ts'
import type { Library } from './identity-library.ts'

const CREDENTIAL = 'credential'
const UNIQUE_VIOLATION = '23505'

export function identityAccounts({
  auth,
  db,
}: Library): Pick<
  Identity,
  'createAccount' | 'accountFor' | 'removeAccount' | 'hasPassword' | 'knowsPassword' | 'setPassword'
> {
  const opened = auth.$context

  /** Undefined when somebody was quicker. */
  async function makeUser({ name, email }: { name: string; email: string }): Promise<string | undefined> {
    const { internalAdapter } = await opened
    try {
      return (await internalAdapter.createUser({ name, email, emailVerified: false }, { method: 'other' })).id
    } catch (error) {
      if (codeOf(error) === UNIQUE_VIOLATION) return undefined
      throw error
    }
  }

  async function find(email: string): Promise<string | undefined> {
    return (await (await opened).internalAdapter.findUserByEmail(email))?.user.id
  }

  async function hashOf(accountId: string): Promise<string | null> {
    const { internalAdapter } = await opened
    return (await internalAdapter.findCredentialAccount(accountId))?.password ?? null
  }

  async function givePassword(accountId: string, password: string): Promise<void> {
    const { internalAdapter, password: passwords } = await opened
    const hash = await passwords.hash(password)
    if (await internalAdapter.findCredentialAccount(accountId)) await internalAdapter.updatePassword(accountId, hash)
    else await internalAdapter.linkAccount({ userId: accountId, accountId, providerId: CREDENTIAL, password: hash })
  }

  return {
    createAccount: async (account) => {
      const id = (await find(account.email)) ? undefined : await makeUser(account)
      if (!id) return accountExists()
      await givePassword(id, account.password)
      return id
    },
    accountFor: async (person) => {
      const id = (await find(person.email)) ?? (await makeUser(person)) ?? (await find(person.email))
      if (!id) throw new Error('An account was removed while it was asked for')
      return id
    },
    removeAccount: async (accountId) => {
      await db.deleteFrom('user').where('id', '=', accountId).execute()
    },
    hasPassword: async (accountId) => (await hashOf(accountId)) !== null,
    knowsPassword: async (accountId, password) => {
      const { password: passwords } = await opened
      const hash = await hashOf(accountId)
      return hash !== null && (await passwords.verify({ hash, password }))
    },
    setPassword: givePassword,
  }
}

function accountExists(): never {
  refuse({ kind: 'conflict', rule: 'account-exists' })
}

function codeOf(error: unknown): unknown {
  return (
    (error as { code?: unknown; cause?: { code?: unknown } }).code ??
    (error as { cause?: { code?: unknown } }).cause?.code
  )
}
