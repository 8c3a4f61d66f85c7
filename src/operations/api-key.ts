import type { ApiKeyId, OrganizationId } from '#domain/id.ts'
import { isSecret, secretHash } from '#store/hash.ts'

/** What a caller presents: `tl_<organization>_<key>_<secret>`, so that it says itself where it has to be looked up. */
export type Presented = { organizationId: OrganizationId; id: ApiKeyId; secret: string }

/** Bytes of chance in a key's secret. */
export const SECRET_BYTES = 32

const FORM = /^tl_([0-9a-f]{32})_([0-9a-f]{32})_([A-Za-z0-9_-]{43})$/

/** A new key, to be shown once; only the hash of its secret is kept. */
export function makeApiKey(
  organizationId: OrganizationId,
  id: ApiKeyId,
  bytes: Buffer,
): { key: string; secretHash: Buffer } {
  const secret = bytes.toString('base64url')
  return { key: `tl_${bare(organizationId)}_${bare(id)}_${secret}`, secretHash: secretHash(secret) }
}

/** Undefined for what is no key at all. */
export function parseApiKey(text: string): Presented | undefined {
  const parts = FORM.exec(text)
  if (!parts) return undefined
  const [, organization, key, secret] = parts as unknown as [string, string, string, string]
  return { organizationId: dashed<OrganizationId>(organization), id: dashed<ApiKeyId>(key), secret }
}

export function opens(presented: Presented, hash: Buffer): boolean {
  return isSecret(presented.secret, hash)
}

function bare(id: string): string {
  return id.replaceAll('-', '')
}

function dashed<Id extends string>(hex: string): Id {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id
}
