import type { FastifyRequest } from 'fastify'

/** Proven to come from our own pages. */
export function isOwn(request: FastifyRequest, publicUrl: string): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const { origin } = request.headers
  return origin !== undefined && isOurs(origin, request, publicUrl)
}

/** Proven to come from somebody else's pages. Programs say nothing, and carry no cookies that they did not ask for. */
export function isForeign(request: FastifyRequest, publicUrl: string): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers
  return (site !== undefined || origin !== undefined) && !isOwn(request, publicUrl)
}

/** The address that was asked is itself checked: see address.ts. */
function isOurs(origin: string, request: FastifyRequest, publicUrl: string): boolean {
  if (origin === publicUrl) return true
  return URL.canParse(origin) && new URL(origin).host === request.host
}
