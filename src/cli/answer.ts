import { figure, percent } from '#words/figure.ts'
import type { Say } from '#words/words.ts'
import { plain, plainLines } from './plain.ts'
import { tableLines } from './table.ts'

type Thing = Record<string, unknown>

/** What came back, as a person reads it: a list as a table, one thing as its fields. */
export function answerLines(data: unknown, say: Say, columns: number | null): string[] {
  if (!isThing(data)) return data === null ? [] : [text('', data)]
  if (!Array.isArray(data.items)) return thingLines(data, '')
  const items = data.items.filter(isThing)
  if (items.length === 0) return [say('cli.list.empty')]
  const names = columnsOf(items)
  const rows = items.map((item) => names.map((name) => text(name, item[name], unitOf(item))))
  const more = typeof data.nextCursor === 'string' ? [say('cli.list.more', { cursor: plain(data.nextCursor) })] : []
  return [...tableLines(names.map(heading), rows, columns), ...more]
}

/** Of everything a list's items say, what tells them apart, in this order. */
const SHOWN = [
  'id',
  'name',
  'title',
  'email',
  'role',
  'state',
  'level',
  'progress',
  'current',
  'value',
  'rollUp',
  'share',
  'confidence',
  'deadline',
  'startsOn',
  'endsOn',
  'measuredOn',
  'note',
  'text',
  'position',
  'operation',
  'noun',
  'nounId',
  'changeId',
  'direction',
  'fromObjectiveId',
  'toObjectiveId',
  'fromKeyResultId',
  'toKeyResultId',
  'statement',
  'scopes',
  'expiresAt',
  'revokedAt',
  'madeAt',
]

function columnsOf(items: Thing[]): string[] {
  return SHOWN.filter((name) => items.some((item) => item[name] !== undefined && item[name] !== null))
}

function thingLines(thing: Thing, indent: string): string[] {
  const width = Math.max(...Object.keys(thing).map((name) => heading(name).length), 0)
  return Object.entries(thing).flatMap(([name, value]) => {
    if (value === null || (Array.isArray(value) && value.length === 0)) return []
    const label = `${indent}${heading(name)}`
    if (Array.isArray(value) && value.some(isThing)) return [label, ...value.flatMap((one) => partLines(one, indent))]
    if (isThing(value)) return [label, ...thingLines(value, `${indent}  `)]
    return [`${label.padEnd(indent.length + width)}  ${text(name, value)}`]
  })
}

function partLines(part: unknown, indent: string): string[] {
  if (!isThing(part)) return [`${indent}  - ${text('', part)}`]
  const [first = '', ...rest] = thingLines(part, `${indent}    `)
  return [`${indent}  - ${first.trimStart()}`, ...rest]
}

/** `contributesToId` is `contributes to id`. */
function heading(name: string): string {
  return plain(name).replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

function text(name: string, value: unknown, unit: string | null = null): string {
  if (value === undefined || value === null) return ''
  if (name === 'current' && typeof value === 'string') return plain(figure(value, unit, 'en'))
  if (name === 'progress' && typeof value === 'string') return percent(value, 'en')
  if (Array.isArray(value)) return value.map((one) => text('', one)).join(', ')
  if (typeof value === 'object') return plain(JSON.stringify(value))
  return plainLines(String(value)).replaceAll('\n', '\n    ')
}

/** What the numbers of a Key Result or a KPI count. */
function unitOf({ measure, unit }: Thing): string | null {
  const counted = isThing(measure) ? measure.unit : unit
  return typeof counted === 'string' ? counted : null
}

function isThing(value: unknown): value is Thing {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
