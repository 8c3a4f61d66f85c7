import type { Words } from '#web/words.tsx'
import { readsTwoWays } from '#words/typed-number.ts'

/** What is wrong with an amount as it was typed, and how to write it; nothing where it is empty or can be read. */
export function faultOf(text: string, { say, number, typedNumber }: Words): string | undefined {
  if (text.trim() === '' || typedNumber(text) !== null) return undefined
  return say('web.amount.unclear', { text: text.trim(), fraction: number('12.5'), thousands: number('12500') })
}

/** How an amount was understood, where somebody else would have read another one. */
export function readingOf(text: string, { say, typedNumber, writtenNumber }: Words): string | undefined {
  const value = typedNumber(text)
  if (value === null || !readsTwoWays(text)) return undefined
  const [whole = '', fraction = ''] = value.split('.')
  if (/^0*$/.test(fraction)) return say('web.amount.whole', { value: whole })
  return say('web.amount.fraction', { value: writtenNumber(value), places: fraction.length })
}

/** The faults of several amounts, by the name of the field. */
export function faultsOf(amounts: Record<string, string>, words: Words): Record<string, string> {
  return Object.fromEntries(
    Object.entries(amounts).flatMap(([name, text]) => {
      const fault = faultOf(text, words)
      return fault === undefined ? [] : [[name, fault]]
    }),
  )
}
