/** Which of a reader's languages we can use. What a browser reports is not always a language tag: `en-US@posix`, `C`. */
export type Wished = string | null | undefined

/** The reader's own locale where it is in the language of our texts, so that a sentence does not mix two. */
export function localeOf(...wished: Wished[]): string {
  return known(wished).find((locale) => locale.split('-')[0] === 'en') ?? 'en'
}

/** How the reader writes numbers, whatever language our texts are in. */
export function numbersOf(...wished: Wished[]): string {
  return known(wished)[0] ?? 'en'
}

function known(wished: readonly Wished[]): string[] {
  return wished.flatMap((tag) => canonical(tag?.split(/[@.]/)[0]?.replaceAll('_', '-') ?? ''))
}

function canonical(tag: string): string[] {
  try {
    return tag === '' ? [] : Intl.NumberFormat.supportedLocalesOf(tag)
  } catch {
    return []
  }
}
