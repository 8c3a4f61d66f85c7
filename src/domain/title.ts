/** A draft may still be without words: its title is empty. What is published has some. */
export function isUntitled({ title }: { title: string }): boolean {
  return title === ''
}
