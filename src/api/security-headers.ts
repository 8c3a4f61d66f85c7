import fastifyHelmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

/**
 * On every answer. Scripts, styles, pictures and calls are our own only; style elements that a component adds need the
 * nonce of its page (see web.ts). Nobody may frame us.
 */
export async function addSecurityHeaders(app: FastifyInstance, publicUrl: string): Promise<void> {
  await app.register(fastifyHelmet, {
    global: true,
    contentSecurityPolicy: { useDefaults: false, directives: DIRECTIVES },
    frameguard: { action: 'deny' },
    // Not `no-referrer`: browsers would then hide from us that a form of ours comes from us.
    referrerPolicy: { policy: 'same-origin' },
    hsts: publicUrl.startsWith('https:') ? { maxAge: 2 * 365 * 24 * 60 * 60, includeSubDomains: false } : false,
  })
}

const OWN = ["'self'"]
const NONE = ["'none'"]

const DIRECTIVES = {
  defaultSrc: NONE,
  scriptSrc: OWN,
  styleSrc: OWN,
  imgSrc: ["'self'", 'data:'],
  fontSrc: OWN,
  connectSrc: OWN,
  manifestSrc: OWN,
  workerSrc: OWN,
  baseUri: NONE,
  formAction: OWN,
  frameAncestors: NONE,
  objectSrc: NONE,
}

/** The policy of a page, which names its nonce. */
export function withNonce(policy: string, nonce: string): string {
  return policy.replace("style-src 'self'", `style-src 'self' 'nonce-${nonce}'`)
}
