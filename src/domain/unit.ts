/**
 * What a number counts. One code everywhere: a currency (ISO 4217), `%`, `points`, a duration, or a name of the
 * organization's own, such as `customers`. Only what can be added may be summed: currencies and names.
 */
export type Unit = string

const DURATIONS = ['minutes', 'hours', 'days', 'weeks', 'months', 'quarters', 'years']
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'))

export function isAdditive(unit: Unit): boolean {
  return unit !== '%' && unit !== 'points' && !DURATIONS.includes(unit)
}

export function isCurrency(unit: Unit): boolean {
  return CURRENCIES.has(unit)
}
