import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { dayText, instantText } from '#words/calendar.ts'
import { figure, number, percent, rounded, short } from '#words/figure.ts'
import { localeOf, numbersOf } from '#words/locale.ts'
import { type Reason, reasonText } from '#words/reason.ts'
import { typedNumber, writtenNumber } from '#words/typed-number.ts'
import { type Say, words } from '#words/words.ts'

/** Texts, numbers and days in the reader's language. `say` gives a text of the catalogue by its key. */
export type Words = {
  locale: string
  say: Say
  /** A title, or what a draft is called that has none yet. */
  titled(title: string | null): string
  figure(value: string, unit: string | null): string
  number(value: string, unit?: string | null): string
  /** At a glance; `Exactly` keeps the exact one near. */
  rounded(value: string, unit: string | null): string
  short(value: string, unit: string | null): string
  percent(ratio: string): string
  /** What was typed as a decimal string; null where it cannot be read for certain. */
  typedNumber(text: string): string | null
  /** A decimal string as the reader would type it. */
  writtenNumber(value: string): string
  day(day: string, style?: 'short' | 'long' | 'year'): string
  instant(instant: string): string
  /** Why something stands as it does: a key with its values, as a sentence. */
  reason(reason: Reason): string
}

const Spoken = createContext<Words>(inLocale('en', 'en', 'UTC', null))

/** `wished` is what the reader has chosen, before what their browser says of them. */
export function WordsProvider(props: {
  wished?: string | null | undefined
  timeZone?: string
  today?: string
  children: ReactNode
}) {
  const { wished, timeZone = 'UTC', today = null } = props
  const locale = localeOf(wished, ...navigator.languages)
  const numbers = numbersOf(wished, ...navigator.languages)
  const value = useMemo(() => inLocale(locale, numbers, timeZone, today), [locale, numbers, timeZone, today])
  return <Spoken.Provider value={value}>{props.children}</Spoken.Provider>
}

export function useWords(): Words {
  return useContext(Spoken)
}

function inLocale(language: string, numbers: string, timeZone: string, today: string | null): Words {
  const locale = { language, numbers }
  const say = words('en')
  return {
    locale: language,
    say,
    titled: (title) => title || say('product.untitled'),
    figure: (value, unit) => figure(value, unit, locale),
    number: (value, unit) => number(value, locale, unit),
    rounded: (value, unit) => rounded(value, unit, locale),
    short: (value, unit) => short(value, unit, locale),
    percent: (ratio) => percent(ratio, locale),
    typedNumber: (text) => typedNumber(text, numbers),
    writtenNumber: (value) => writtenNumber(value, numbers),
    day: (day, style) => dayText(day, language, style, today ?? day),
    instant: (instant) => instantText(instant, language, timeZone),
    reason: (reason) => reasonText(reason, say, language),
  }
}
