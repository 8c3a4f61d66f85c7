import type { ProblemDocument } from '#client/client.ts'
import { flagOf } from './fields.ts'
import { quoted } from './plain.ts'
import { verbOf } from './verbs.ts'

type Repair = NonNullable<ProblemDocument['repairs']>[number]

/** A way out as a line that can be typed as it stands: our own command, else the request. */
export function repairLine(repair: Pick<Repair, 'method' | 'path' | 'headers' | 'body'>): string {
  const verb = verbOf(repair)
  if (!verb) return httpLine(repair)
  const body = Object.entries((repair.body ?? {}) as Record<string, unknown>)
  const words = [
    'throughline',
    ...verb.declaration.name.split('.'),
    ...verb.path.map((part) => quoted(decoded(part))),
    ...body.flatMap(([field, value]) => option(field, value)),
    ...ifMatch(repair.headers ?? {}),
  ]
  return words.join(' ')
}

function option(field: string, value: unknown): string[] {
  if (value === undefined) return []
  if (value === null) return [flagOf(field).replace('--', '--no-')]
  if (typeof value === 'boolean') return [value ? flagOf(field) : flagOf(field).replace('--', '--no-')]
  return [flagOf(field), quoted(typeof value === 'object' ? JSON.stringify(value) : String(value))]
}

function ifMatch(headers: Record<string, string>): string[] {
  const [, seen] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'if-match') ?? []
  return seen === undefined ? [] : ['--if-match', quoted(seen.replace(/^"(\d+)"$/, '$1'))]
}

function httpLine({ method, path, body }: Pick<Repair, 'method' | 'path' | 'body'>): string {
  return `${method} ${quoted(path)}${body === undefined ? '' : ` ${quoted(JSON.stringify(body))}`}`
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
