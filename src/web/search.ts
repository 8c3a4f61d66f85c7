/** The named search parameters of an address, where they are texts. */
export function text<Name extends string>(
  search: Record<string, unknown>,
  ...names: Name[]
): { [Key in Name]?: string } {
  const given = names.filter((name) => typeof search[name] === 'string' || typeof search[name] === 'number')
  return Object.fromEntries(given.map((name) => [name, String(search[name])])) as { [Key in Name]?: string }
}
