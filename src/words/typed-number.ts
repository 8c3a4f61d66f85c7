/** Numbers as people type them into a field, in the way their language writes them. Texts go in, decimal strings come out. */

/**
 * `60.000,5` where a comma is the decimal point, `60,000.5` where it is a point. Null is what cannot be read for certain:
 * it is refused, never guessed. Thousands are set apart by the reader's own mark, a space or an apostrophe, in whole groups.
 */
export function typedNumber(text: string, locale: string): string | null {
  const { group, point, inner } = notation(locale)
  const [, sign = '', bare = ''] = /^([+-]?)(.*)$/.exec(text.trim().replace('−', '-')) ?? []
  const [whole = '', fraction, ...more] = bare.split(point)
  const digits = whole === '' ? '0' : ungrouped(whole, group, inner)
  if (digits === null || more.length > 0 || (fraction === undefined ? whole === '' : !/^\d+$/.test(fraction)))
    return null
  return `${sign === '-' ? '-' : ''}${digits}${fraction === undefined ? '' : `.${fraction}`}`
}

/** A decimal string as the reader would type it. Read again it is the same. */
export function writtenNumber(value: string, locale: string): string {
  return value.replace('.', notation(locale).point)
}

/** `1.000` or `1,000`: a thousand to one reader and one to another. */
export function readsTwoWays(text: string): boolean {
  return /^[+−-]?[1-9]\d{0,2}[.,]\d{3}$/.test(text.trim())
}

/** The marks of a language, and how many digits stand in the groups before the last one: 3, in India 2. */
export function notation(locale: string): { group: string; point: string; inner: number } {
  const found = notations.get(locale)
  if (found) return found
  const parts = new Intl.NumberFormat(locale, { numberingSystem: 'latn' }).formatToParts(12345678.5)
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
  const inner = parts.filter(({ type }) => type === 'integer').at(-2)?.value.length ?? 3
  const made = { group: of('group'), point: of('decimal') || '.', inner }
  notations.set(locale, made)
  return made
}

const notations = new Map<string, ReturnType<typeof notation>>()

function ungrouped(whole: string, group: string, inner: number): string | null {
  if (/^\d+$/.test(whole)) return whole
  const [, mark = ''] = /^\d+(\D)/.exec(whole) ?? []
  if (![group, ...SPACES, ...APOSTROPHES].includes(mark)) return null
  const groups = whole.split(mark)
  return isGrouped(groups, 3) || isGrouped(groups, inner) ? groups.join('') : null
}

const SPACES = [' ', '\u00a0', '\u202f']
const APOSTROPHES = ["'", '’']

/** `0,500` is no five hundred. */
function isGrouped([first = '', ...rest]: string[], inner: number): boolean {
  const last = rest.pop()
  return (
    /^[1-9]\d*$/.test(first) &&
    first.length <= inner &&
    rest.every((digits) => /^\d+$/.test(digits) && digits.length === inner) &&
    /^\d{3}$/.test(last ?? '')
  )
}
