import { betterAuth } from 'better-auth'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import * as z from 'zod'

export type LibraryOptions = {
  databaseUrl: string
  publicUrl: string
  /** At least 32 random characters; with another one everybody is signed out. */
  secret: string
  log: { error(details: unknown, message: string): void }
}

/** What is also read without the library. */
type Tables = {
  user: { id: string; email: string }
  session: SessionRow
}

export type SessionRow = {
  id: string
  token: string
  userId: string
  organizationId: string | null
  createdAt: Date
  expiresAt: Date
}

export type Library = ReturnType<typeof openLibrary>

/** What a session's address and agent are told by, whichever headers the request really had. */
export const ADDRESS_HEADER = 'x-throughline-address'

export const PASSWORD = { shortest: 10, longest: 200 }

const DAY = 24 * 60 * 60

/** Seconds: how long a session lives without a visit, and how much younger each day's first visit makes it. */
export const SESSION = { expiresIn: 14 * DAY, updateAge: DAY }

/**
 * better-auth, for passwords and sessions only. Its router is never mounted: what it can do beyond what is called here
 * (sign-up, profile, change of address, social accounts, ...) has no address at all.
 */
export function openLibrary({ databaseUrl, publicUrl, secret, log }: LibraryOptions) {
  // A pool of its own: the library expects instants as dates, the store reads them as text.
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4, keepAlive: true })
  pool.on('error', () => {})
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }).withSchema('auth')
  const auth = betterAuth({
    appName: 'Throughline',
    baseURL: publicUrl,
    secret,
    database: { db, type: 'postgres', transaction: true },
    telemetry: { enabled: false },
    logger: { level: 'error', log: (_, message, ...details) => log.error({ details }, message) },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD.shortest,
      maxPasswordLength: PASSWORD.longest,
    },
    session: {
      ...SESSION,
      additionalFields: { organizationId: { type: 'string', required: false, input: false } },
    },
    advanced: {
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      database: { validateSchema: false },
      useSecureCookies: false,
      cookiePrefix: 'throughline',
      cookies: { session_token: cookieFor(publicUrl) },
    },
    plugins: [{ id: 'throughline', endpoints: { startSession } }],
  })
  return { auth, db, pool, secret, cookieName: cookieFor(publicUrl).name }
}

/** The prefix makes browsers refuse it from any other host, and without encryption. */
function cookieFor(publicUrl: string) {
  const secure = publicUrl.startsWith('https:')
  const attributes = { secure, httpOnly: true, sameSite: 'lax', path: '/' } as const
  return { name: secure ? '__Host-throughline' : 'throughline', attributes }
}

/** A session for somebody who has proved who they are by other means than a password. */
const startSession = createAuthEndpoint(
  '/start-session',
  { method: 'POST', body: z.object({ accountId: z.string(), organizationId: z.string().nullable() }) },
  async (context) => {
    const { internalAdapter } = context.context
    const { accountId, organizationId } = context.body
    const user = await internalAdapter.findUserById(accountId)
    if (!user) throw new Error('There is no such account')
    const session = await internalAdapter.createSession(accountId, false, { organizationId })
    await setSessionCookie(context, { session, user })
    return context.json({ id: session.id })
  },
)
