/**
 * On every answer. Scripts, styles, pictures and calls are our own only; style elements that a component adds need the
 * nonce of their page (see web.ts). Nobody may frame us.
 */
export function securityHeaders(publicUrl: string): Record<string, string> {
  return { ...HEADERS, ...(publicUrl.startsWith('https:') ? HTTPS : {}) }
}

/** The policy of a page, which names its nonce. */
export function policyWith(nonce: string): string {
  return POLICY.replace("style-src 'self'", `style-src 'self' 'nonce-${nonce}'`)
}

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS = {
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  // Not `no-referrer`: browsers would then hide from us that a form of ours comes from us.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

const HTTPS = { 'strict-transport-security': 'max-age=63072000' }
