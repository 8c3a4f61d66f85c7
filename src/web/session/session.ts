import { server } from '#web/connection.ts'

/** Sessions lie outside any organization: they are no verbs of the product, and have routes of their own. */
export function signIn(account: { email: string; password: string }): Promise<unknown> {
  return server.repair({ method: 'POST', path: '/v1/session', body: account })
}

export function signOut(): Promise<unknown> {
  return server.repair({ method: 'DELETE', path: '/v1/session' })
}

/** Uses up a one-time link. */
export function openLink(token: string): Promise<unknown> {
  return server.repair({ method: 'POST', path: '/v1/session/link', body: { token } })
}

export function setPassword(password: { current?: string; password: string }): Promise<unknown> {
  return server.repair({ method: 'POST', path: '/v1/me/password', body: password })
}

/** What a one-time link would do, without using it up. */
export async function lookAtLink(token: string): Promise<'sign-in' | 'set-up' | null> {
  const answer = await server.repair({ method: 'POST', path: '/v1/session/link/look', body: { token } })
  return (answer as { opens: 'sign-in' | 'set-up' | null }).opens
}

/** Whether there is an organization here that one could sign in to. */
export async function isEmpty(): Promise<boolean> {
  return ((await server.repair({ method: 'GET', path: '/v1/session' })) as { empty: boolean }).empty
}
