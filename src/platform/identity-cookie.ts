import { createHmac, timingSafeEqual } from 'node:crypto'
import { parseCookies } from 'better-auth/cookies'

/**
 * The token that a session's cookie holds, if the cookie was signed here: `<token>.<HMAC-SHA-256 of it, in base64>`. The
 * library writes it so, and would take a millisecond to read it.
 */
export function tokenIn(cookie: string, name: string, secret: string): string | null {
  const value = parseCookies(cookie).get(name)
  const dot = value?.lastIndexOf('.') ?? -1
  if (!value || dot < 1) return null
  const token = value.slice(0, dot)
  const given = Buffer.from(value.slice(dot + 1), 'base64')
  const right = createHmac('sha256', secret).update(token).digest()
  return given.length === right.length && timingSafeEqual(given, right) ? token : null
}
