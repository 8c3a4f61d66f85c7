import { createHash } from 'node:crypto'

/** The tag of a text, as it stands in `ETag`. */
export function etagOf(text: string): string {
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
}
