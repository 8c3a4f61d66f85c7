import { createInstance, type TOptions } from 'i18next'
import { en } from './en.ts'

/** A text of the catalogue, by key, with its values filled in. */
export type Say = (key: string, values?: Record<string, unknown>) => string

const i18n = createInstance({
  lng: 'en',
  fallbackLng: 'en',
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  resources: { en: { translation: en } },
})
void i18n.init()

/** The texts in a language; English where it has none. */
export function words(language = 'en'): Say {
  const say = i18n.getFixedT(language)
  const untitled = say('product.untitled')
  return (key, values) => say(key, filled(values, untitled) as TOptions)
}

/** Only a draft's title can be empty: it is called untitled in every sentence that names it. */
function filled(values: Record<string, unknown> | undefined, untitled: string) {
  if (values === undefined) return values
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value === '' ? untitled : value]))
}

export function has(key: string): boolean {
  return i18n.exists(key) || i18n.exists(key, { count: 1 })
}
