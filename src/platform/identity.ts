import { identityAccounts } from './identity-accounts.ts'
import { type LibraryOptions, openLibrary } from './identity-library.ts'
import { identitySessions } from './identity-sessions.ts'

/** Where a request to sign in comes from; kept with the session so that its owner recognizes it. */
export type Origin = { cookie: string | undefined; address: string; agent: string | undefined }

/** A session as it stands in the database now. With an `organizationId` it reaches no other organization. */
export type Session = { id: string; accountId: string; email: string; organizationId: string | null; createdAt: Date }

/** Accounts, passwords and sessions: what lies outside any organization. Cookies come as `Set-Cookie` lines. */
export type Identity = {
  /** Makes an account with a password and returns its id; refuses an address that has one. */
  createAccount(account: { name: string; email: string; password: string }): Promise<string>
  /** The account behind an address, made without a password where there is none yet. */
  accountFor(person: { name: string; email: string }): Promise<string>
  /** Takes back an account that was made for something which then failed. */
  removeAccount(accountId: string): Promise<void>
  hasPassword(accountId: string): Promise<boolean>
  knowsPassword(accountId: string, password: string): Promise<boolean>
  setPassword(accountId: string, password: string): Promise<void>
  /** A new session for whoever knows the password; null when either is wrong, without telling which. */
  signIn(
    credentials: { email: string; password: string },
    origin: Origin,
  ): Promise<{ accountId: string; cookies: string[] } | null>
  startSession(accountId: string, organizationId: string | null, origin: Origin): Promise<string[]>
  /** Whose session a cookie holds. Looked up each time; renewed once a day. */
  sessionOf(cookie: string): Promise<{ session: Session; cookies: string[] } | null>
  /** Of these sessions, those that have neither ended nor expired. */
  alive(sessionIds: readonly string[]): Promise<Set<string>>
  endSession(cookie: string): Promise<string[]>
  endAllSessions(accountId: string): Promise<void>
  close(): Promise<void>
}

/** Accounts and sessions on the tables of the schema `auth`. */
export function openIdentity(options: LibraryOptions): Identity {
  const library = openLibrary(options)
  return { ...identityAccounts(library), ...identitySessions(library), close: () => library.db.destroy() }
}
