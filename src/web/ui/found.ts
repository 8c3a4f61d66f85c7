type Item = { label: string }
type Group<One> = { group: string; items: One[] }

/** The options in whose label every word of the search begins or stands, however it is written: `new york`, `Tomas`. */
export function found<One extends Item>(
  options: readonly (One | Group<One>)[],
  search: string,
  limit: number,
): (One | Group<One>)[] {
  const words = plain(search).split(' ').filter(Boolean)
  const fits = ({ label }: Item) => words.every((word) => plain(label).includes(word))
  let left = limit
  const taken = (items: One[]) => {
    const some = items.filter(fits).slice(0, left)
    left -= some.length
    return some
  }
  return options.flatMap((option): (One | Group<One>)[] => {
    if (!('items' in option)) return taken([option])
    const items = taken(option.items)
    return items.length === 0 ? [] : [{ group: option.group, items }]
  })
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s_/.,-]+/g, ' ')
    .trim()
}
