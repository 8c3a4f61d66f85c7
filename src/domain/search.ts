/** What can be found. A noun that is added stands here and in the view `searchable`. */
export const SEARCHABLE = ['objective', 'key-result', 'comment', 'kpi', 'group', 'person'] as const
export type Searchable = (typeof SEARCHABLE)[number]

export type Match = { from: number; to: number }

/** A piece of a text and where in it the words are found. Positions count UTF-16 code units, as strings here do. */
export type Snippet = { text: string; matches: Match[] }

/** Cantillation and vowel points, harakat, accents: what is written around a letter, and left out when one searches. */
const MARKS =
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]+/g

/** Thai, Lao, Burmese, Khmer, kana and Han, which are written without spaces: each character is a word. */
const UNSPACED =
  '\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\u{20000}-\\u{3ffff}'
const EACH = new RegExp(`[${UNSPACED}]`, 'gu')

/** Letters and digits; in the scripts of India also the vowels, which are marks. */
const BETWEEN = /[^\p{L}\p{Nd}\u0900-\u0963\u0966-\u0dff]+/u

const PLAIN: Record<string, string> = {
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
}
const SPECIAL = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g')

/** What two words are the same by, beyond which length does not matter. */
const LONGEST = 60

/**
 * The words of a text in their order, as they are compared: without case or diacritics, in no particular language, no
 * stems, no stop words. The database finds by `search_words`, the twin of this in SQL; a test holds them equal.
 */
export function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .replace(SPECIAL, (letter) => PLAIN[letter] ?? letter)
    .replace(EACH, ' $& ')
    .split(BETWEEN)
    .filter((word) => word !== '')
    .map((word) => [...word].slice(0, LONGEST).join(''))
}

/** Whether a word is one of those looked for; the last of them is looked for as a beginning. */
function isAmong(word: string, wanted: readonly string[]): number {
  return wanted.findIndex((one, index) => (index === wanted.length - 1 ? word.startsWith(one) : word === one))
}

const LENGTH = 200
const BEFORE = 60

/** Of several texts the one that holds most of the words, cut to what is around the first of them. */
export function snippetOf(texts: readonly (string | null)[], wanted: readonly string[]): Snippet {
  const found = texts.flatMap((text) => (text === null ? [] : [{ text, ...matchesIn(text, wanted) }]))
  const [best] = found.toSorted((a, b) => b.count - a.count)
  return best ? cut(best.text, best.matches) : { text: '', matches: [] }
}

const RUN = new RegExp(`[${UNSPACED}]|[[\\p{L}\\p{N}\\p{M}]--[${UNSPACED}]]+`, 'gv')

function matchesIn(text: string, wanted: readonly string[]): { matches: Match[]; count: number } {
  const matches: Match[] = []
  const different = new Set<number>()
  for (const { 0: run, index: from } of text.matchAll(RUN)) {
    const hits = wordsOf(run)
      .map((word) => isAmong(word, wanted))
      .filter((at) => at >= 0)
    if (hits.length === 0) continue
    for (const at of hits) different.add(at)
    const last = matches.at(-1)
    if (last?.to === from) last.to = from + run.length
    else matches.push({ from, to: from + run.length })
  }
  return { matches, count: different.size }
}

function cut(text: string, matches: readonly Match[]): Snippet {
  if (text.length <= LENGTH) return { text, matches: [...matches] }
  const first = matches[0]?.from ?? 0
  const begin = first <= BEFORE ? 0 : wordAfter(text, first - BEFORE, first)
  const end = begin + LENGTH >= text.length ? text.length : wordBefore(text, begin + LENGTH, begin + LENGTH / 2)
  const [left, right] = [begin > 0 ? '…' : '', end < text.length ? '…' : '']
  const inside = matches.filter(({ from, to }) => from >= begin && to <= end)
  const by = left.length - begin
  return {
    text: `${left}${text.slice(begin, end)}${right}`,
    matches: inside.map(({ from, to }) => ({ from: from + by, to: to + by })),
  }
}

/** Where the next word begins, at `latest` there. */
function wordAfter(text: string, at: number, latest: number): number {
  const space = text.slice(at, latest).search(/\s/)
  return space < 0 ? whole(text, at) : at + space + 1
}

/** Where the word before ends, at `earliest` there. */
function wordBefore(text: string, at: number, earliest: number): number {
  const space = text.lastIndexOf(' ', at)
  return space < earliest ? whole(text, at) : space
}

/** Never between the two halves of one character. */
function whole(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at
}
