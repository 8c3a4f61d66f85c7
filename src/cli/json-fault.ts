const BLANK = /[ \t\n\r]*/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: what no JSON string holds
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const ATOM = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/** Where a text stops being JSON; its length where it ends too early. The engine's own message often does not say. */
export function faultIn(text: string): number {
  const open: string[] = []
  let wanted: 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'next' = 'value'
  let at = past(BLANK, text, 0) as number
  while (at < text.length) {
    const sign = text[at] as string
    const closes = wanted === 'next' || wanted === 'value or end' || wanted === 'key or end'
    let next: number | null = at + 1
    if (closes && sign === open.at(-1)) {
      open.pop()
      wanted = 'next'
    } else if (wanted === 'colon') {
      if (sign !== ':') return at
      wanted = 'value'
    } else if (wanted === 'next') {
      if (sign !== ',' || open.length === 0) return at
      wanted = open.at(-1) === '}' ? 'key' : 'value'
    } else if (wanted === 'key' || wanted === 'key or end') {
      next = past(STRING, text, at)
      wanted = 'colon'
    } else if (sign === '{' || sign === '[') {
      open.push(sign === '{' ? '}' : ']')
      wanted = sign === '{' ? 'key or end' : 'value or end'
    } else {
      next = past(STRING, text, at) ?? past(ATOM, text, at)
      wanted = 'next'
    }
    if (next === null) return at
    at = past(BLANK, text, next) as number
  }
  return text.length
}

function past(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : null
}
