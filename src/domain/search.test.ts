import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { snippetOf, wordsOf } from './search.ts'

describe('The words of a text', () => {
  test.each([
    ['Be easy to buy for towns', 'be easy to buy for towns'],
    ['Tomás, naïve Ærlig Øl — straße', 'tomas naive aerlig ol strasse'],
    ['İSTANBUL ıstanbul Łódź Đà Nẵng', 'istanbul istanbul lodz da nang'],
    ['ΟΔΟΣ οδός', 'οδοσ οδοσ'],
    ['Ёлка Й', 'елка и'],
    ['90.000 USD/Q4 (+12%)', '90 000 usd q4 12'],
    ["it's a'b\\c:d & | <-> ! *", 'it s a b c d'],
    ['ﬁn ½ Ⅳ １２', 'fin 1 2 iv 12'],
    ['東京の成長 2026', '東 京 の 成 長 2026'],
    ['हिन्दी में', 'हिन्दी में'],
    ['قِمَّة', 'قمة'],
    ['🌊 — …', ''],
  ])('%s', (text, words) => {
    expect(wordsOf(text).join(' ')).toBe(words)
  })

  test('are compared by their first 60 characters', () => {
    expect(wordsOf(`${'a'.repeat(61)} b`)).toEqual(['a'.repeat(60), 'b'])
  })

  test('of words are those words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const words = wordsOf(text)
        expect(wordsOf(words.join(' '))).toEqual(words)
      }),
    )
  })
})

describe('A snippet', () => {
  const marked = (texts: (string | null)[], asked: string) => {
    const { text, matches } = snippetOf(texts, wordsOf(asked))
    return matches.reduceRight(
      (shown, { from, to }) => `${shown.slice(0, from)}[${shown.slice(from, to)}]${shown.slice(to)}`,
      text,
    )
  }

  test.each([
    ['growth', '[Growth] in the Northeast'],
    ['NORTH', 'Growth in the [Northeast]'],
    ['the north', 'Growth in [the] [Northeast]'],
    // Only the last word is a beginning.
    ['north the', 'Growth in [the] Northeast'],
    ['nothing', 'Growth in the Northeast'],
  ])('marks the words asked for: %s', (asked, shown) => {
    expect(marked(['Growth in the Northeast'], asked)).toBe(shown)
  })

  test('marks what was written with diacritics, and by characters where there are no spaces', () => {
    expect(marked(['Tomás trinkt Øl'], 'tomas ol')).toBe('[Tomás] trinkt [Øl]')
    expect(marked(['新東京の成長'], '東京')).toBe('新[東京]の成長')
  })

  test('is of the text that holds most of the words, the first of several', () => {
    expect(marked(['Growth', 'Growth in the North'], 'growth')).toBe('[Growth]')
    expect(marked(['Growth', 'Growth in the North'], 'growth north')).toBe('[Growth] in the [North]')
    expect(marked(['Be easy to buy', null], 'easy')).toBe('Be [easy] to buy')
    expect(snippetOf([null], ['a'])).toEqual({ text: '', matches: [] })
  })

  test('of a long text is the piece around the first of them', () => {
    const text = `${'before '.repeat(100)}here ${'after '.repeat(100)}here`
    const shown = marked([text], 'here')
    expect(shown).toMatch(/^…(before )+\[here\] (after )+after…$/)
    expect(shown.length).toBeLessThan(210)
    expect(marked(['x'.repeat(1000)], 'nothing')).toBe(`${'x'.repeat(200)}…`)
  })

  test('has its marks within its text and cuts no character in two, whatever the text', () => {
    const pieces = fc.array(fc.constantFrom('flood', ' ', '  ', '🌊', 'Øl', '東京', 'x'.repeat(70), '\n', 'é'), {
      maxLength: 120,
    })
    fc.assert(
      fc.property(pieces, fc.constantFrom('flood', 'ol', '東', 'xx', 'e'), (parts, asked) => {
        const { text, matches } = snippetOf([parts.join('')], wordsOf(asked))
        expect(text.isWellFormed()).toBe(true)
        let at = 0
        for (const { from, to } of matches) {
          expect(from).toBeGreaterThanOrEqual(at)
          expect(to).toBeGreaterThan(from)
          at = to
          expect(wordsOf(text.slice(from, to)).some((word) => word.startsWith(wordsOf(asked)[0] as string))).toBe(true)
        }
        expect(at).toBeLessThanOrEqual(text.length)
      }),
    )
  })
})
