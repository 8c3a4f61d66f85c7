import { figure, percent } from '#words/figure.ts'
import { type Reason, reasonText } from '#words/reason.ts'
import { has, type Say } from '#words/words.ts'
import { plain, plainLines } from './plain.ts'
import { tableLines } from './table.ts'

type Thing = Record<string, unknown>

/** What came back, as a person reads it: a list as a table, one thing as its fields. */
export function answerLines(data: unknown, say: Say, columns: number | null): string[] {
  if (!isThing(data)) return data === null ? [] : [text('', data, say)]
  if (!Array.isArray(data.items)) return thingLines(data, '', say)
  const items = data.items.filter(isThing)
  if (items.length === 0) return [say('cli.list.empty')]
  const names = columnsOf(items)
  const rows = items.map((item) => names.map((name) => text(name, item[name], say, unitOf(item))))
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
  'severity',
  'rule',
  'about',
  'setting',
  'may',
  'says',
  'state',
  'status',
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
  'reason',
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

function thingLines(thing: Thing, indent: string, say: Say): string[] {
  const width = Math.max(...Object.keys(thing).map((name) => heading(name).length), 0)
  return Object.entries(thing).flatMap(([name, value]) => {
    if (value === null || (Array.isArray(value) && value.length === 0)) return []
    const label = `${indent}${heading(name)}`
    if (Array.isArray(value) && value.some(isThing))
      return [label, ...value.flatMap((one) => partLines(one, indent, say))]
    if (isThing(value) && !isReason(value)) return [label, ...thingLines(value, `${indent}  `, say)]
    return [`${label.padEnd(indent.length + width)}  ${text(name, value, say)}`]
  })
}

function partLines(part: unknown, indent: string, say: Say): string[] {
  if (!isThing(part)) return [`${indent}  - ${text('', part, say)}`]
  const [first = '', ...rest] = thingLines(part, `${indent}    `, say)
  return [`${indent}  - ${first.trimStart()}`, ...rest]
}

/** `contributesToId` is `contributes to id`. */
function heading(name: string): string {
  return plain(name).replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

function text(name: string, value: unknown, say: Say, unit: string | null = null): string {
  if (value === undefined || value === null) return ''
  if (name === 'current' && typeof value === 'string') return plain(figure(value, unit, 'en'))
  if ((name === 'progress' || name === 'pace') && typeof value === 'string') return percent(value, 'en')
  if (Array.isArray(value)) return value.map((one) => text('', one, say)).join(', ')
  if (isReason(value)) return plain(reasonText(value, say, 'en'))
  if (name === 'status' && isThing(value)) return plain(String(value.is))
  if (name === 'about' && isThing(value)) return plain(`${value.noun} ${value.id}`)
  if (typeof value === 'object') return plain(JSON.stringify(value))
  return plainLines(String(value)).replaceAll('\n', '\n    ')
}

/** What the numbers of a Key Result or a KPI count. */
function unitOf({ measure, unit }: Thing): string | null {
  const counted = isThing(measure) ? measure.unit : unit
  return typeof counted === 'string' ? counted : null
}

/** A text of the catalogue with its values, which a person reads as a sentence. */
function isReason(value: unknown): value is Reason {
  return isThing(value) && typeof value.key === 'string' && has(value.key)
}

function isThing(value: unknown): value is Thing {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
