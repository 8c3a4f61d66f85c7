import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { dayText, instantText } from '#words/calendar.ts'
import { figure, number, percent, short, typedNumber } from '#words/figure.ts'
import { type Reason, reasonText } from '#words/reason.ts'
import { type Say, words } from '#words/words.ts'

/** Texts, numbers and days in the reader's language. `say` gives a text of the catalogue by its key. */
export type Words = {
  locale: string
  say: Say
  figure(value: string, unit: string | null): string
  number(value: string, unit?: string | null): string
  short(value: string, unit: string | null): string
  percent(ratio: string): string
  typedNumber(text: string): string
  day(day: string, style?: 'short' | 'long' | 'year'): string
  instant(instant: string): string
  /** Why something stands as it does: a key with its values, as a sentence. */
  reason(reason: Reason): string
}

const Spoken = createContext<Words>(inLocale('en', 'UTC', null))

export function WordsProvider(props: { locale: string; timeZone?: string; today?: string; children: ReactNode }) {
  const { locale, timeZone = 'UTC', today = null } = props
  const value = useMemo(() => inLocale(locale, timeZone, today), [locale, timeZone, today])
  return <Spoken.Provider value={value}>{props.children}</Spoken.Provider>
}

export function useWords(): Words {
  return useContext(Spoken)
}

/** The reader's own locale where it is in the language of our texts, so that a sentence does not mix two. */
export function localeOf(wished: string | null | undefined): string {
  return [wished, ...navigator.languages].find((locale) => locale?.startsWith('en')) ?? 'en'
}

function inLocale(locale: string, timeZone: string, today: string | null): Words {
  const say = words('en')
  return {
    locale,
    say,
    figure: (value, unit) => figure(value, unit, locale),
    number: (value, unit) => number(value, locale, unit),
    short: (value, unit) => short(value, unit, locale),
    percent: (ratio) => percent(ratio, locale),
    typedNumber: (text) => typedNumber(text, locale),
    day: (day, style) => dayText(day, locale, style, today ?? day),
    instant: (instant) => instantText(instant, locale, timeZone),
    reason: (reason) => reasonText(reason, say, locale),
  }
}
