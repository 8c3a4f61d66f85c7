import type { Identity, Origin } from './identity.ts'
import { tokenIn } from './identity-cookie.ts'
import { ADDRESS_HEADER, type Library, PASSWORD, SESSION, type SessionRow } from './identity-library.ts'

export function identitySessions({
  auth,
  db,
  pool,
  secret,
  cookieName,
}: Library): Pick<Identity, 'signIn' | 'startSession' | 'sessionOf' | 'alive' | 'endSession' | 'endAllSessions'> {
  /** Only the session's cookie: the library also clears others, which we never set. */
  function cookiesIn(headers: Headers): string[] {
    return headers.getSetCookie().filter((line) => line.startsWith(`${cookieName}=`))
  }

  /** Asked on every request of a browser: planned once for each connection. */
  async function find(token: string): Promise<(SessionRow & { email: string }) | undefined> {
    const { rows } = await pool.query({ name: 'session-by-token', text: BY_TOKEN, values: [token] })
    return rows[0]
  }

  async function renew(cookie: string): Promise<string[]> {
    return cookiesIn((await auth.api.getSession({ headers: new Headers({ cookie }), returnHeaders: true })).headers)
  }

  async function endSession(cookie: string): Promise<string[]> {
    return cookiesIn((await auth.api.signOut({ headers: new Headers({ cookie }), returnHeaders: true })).headers)
  }

  /** Whoever signs in leaves the session that they came with, be it theirs or one that was planted. */
  async function leave(origin: Origin): Promise<void> {
    if (origin.cookie?.includes(`${cookieName}=`)) await endSession(origin.cookie)
  }

  return {
    endSession,
    signIn: async (credentials, origin) => {
      try {
        const request = { body: credentials, headers: headersOf(origin), returnHeaders: true } as const
        if (credentials.password.length > PASSWORD.longest) return null
        const { response, headers } = await auth.api.signInEmail(request)
        await leave(origin)
        return { accountId: response.user.id, cookies: cookiesIn(headers) }
      } catch (error) {
        if (isRefusal(error)) return null
        throw error
      }
    },
    startSession: async (accountId, organizationId, origin) => {
      const request = { body: { accountId, organizationId }, headers: headersOf(origin), returnHeaders: true } as const
      const { headers } = await auth.api.startSession(request)
      await leave(origin)
      return cookiesIn(headers)
    },
    sessionOf: async (cookie) => {
      const token = tokenIn(cookie, cookieName, secret)
      const found = token === null ? undefined : await find(token)
      if (!found || found.expiresAt <= new Date()) return null
      const { id, userId: accountId, email, organizationId, createdAt } = found
      const cookies = isDue(found) ? await renew(cookie) : []
      return { session: { id, accountId, email, organizationId, createdAt }, cookies }
    },
    alive: async (sessionIds) => {
      if (sessionIds.length === 0) return new Set()
      const rows = await db
        .selectFrom('session')
        .select('id')
        .where('id', 'in', [...sessionIds])
        .where('expiresAt', '>', new Date())
        .execute()
      return new Set(rows.map((row) => row.id))
    },
    endAllSessions: async (accountId) => {
      await (await auth.$context).internalAdapter.deleteUserSessions(accountId)
    },
  }
}

const BY_TOKEN = `
  select s.id, s."userId", s."organizationId", s."createdAt", s."expiresAt", u.email
  from auth.session s join auth."user" u on u.id = s."userId" where s.token = $1`

/** A day after it was begun or last renewed. */
function isDue({ expiresAt }: SessionRow): boolean {
  return expiresAt.getTime() - Date.now() < (SESSION.expiresIn - SESSION.updateAge) * 1000
}

function headersOf({ address, agent }: Origin): Headers {
  return new Headers({ [ADDRESS_HEADER]: address, 'user-agent': (agent ?? '').slice(0, 500) })
}

/** The library's own no; anything else is a failure. */
function isRefusal(error: unknown): boolean {
  const { statusCode } = error as { statusCode?: unknown }
  return typeof statusCode === 'number' && statusCode < 500
}
