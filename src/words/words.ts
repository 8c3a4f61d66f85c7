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
  return (key, values) => say(key, values as TOptions)
}

export function has(key: string): boolean {
  return i18n.exists(key) || i18n.exists(key, { count: 1 })
}
