/**
 * What a number counts. One code everywhere: a currency (ISO 4217), `%`, `points`, a duration, or a name of the
 * organization's own, such as `customers`. Only what can be added may be summed: currencies and names, save those names
 * of which the organization says otherwise.
 */
export type Unit = string

const DURATIONS = ['minutes', 'hours', 'days', 'weeks', 'months', 'quarters', 'years']
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'))

export function isAdditive(unit: Unit, names: Readonly<Record<Unit, boolean>>): boolean {
  return isCurrency(unit) || (isName(unit) && names[unit] !== false)
}

export function isCurrency(unit: Unit): boolean {
  return CURRENCIES.has(unit)
}

/** A name of the organization's own. */
export function isName(unit: Unit): boolean {
  return !isCurrency(unit) && unit !== '%' && unit !== 'points' && !DURATIONS.includes(unit)
}
