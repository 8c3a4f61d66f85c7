/** What could move a cursor, hide text, or turn its direction: C0 and C1 controls, DEL, line separators, overrides. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

/** One line that is safe to show on a terminal, whoever wrote it. */
export function plain(text: string): string {
  return text
    .replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ')
    .replaceAll('\t', ' ')
    .replace(UNSAFE, '�')
}

/** Several lines that are safe to show: breaks and indentation stay. */
export function plainLines(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => line.replaceAll('\t', '  ').replace(UNSAFE, '�'))
    .join('\n')
}

/** JSON that says the same and holds nothing a terminal would act on. */
export function plainJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2) ?? 'null'
  return text
    .split('\n')
    .map((line) => line.replace(UNSAFE, spelledOut))
    .join('\n')
}

/** A word for a POSIX shell, quoted where it needs to be. */
export function quoted(text: string): string {
  const word = plain(text)
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

function spelledOut(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
