import type { OutputOf } from '#client/client.ts'
import { units } from '#domain/decimal.ts'

type KeyResult = OutputOf<'key-results.list'>['items'][number]

/** Of one answer, the summing parents that are not what their children in the same answer say. */
export function tornIn(items: readonly KeyResult[]): string[] {
  return items.flatMap((parent) => {
    if (parent.rollsUpBy !== 'sum' || parent.state !== 'published' || parent.current === null) return []
    const children = items.filter(({ contribution }) => isSummed(contribution, parent))
    const sum = children.reduce((total, child) => total + moved(child), units(parent.own ?? parent.start ?? '0'))
    return sum === units(parent.current) ? [] : [`${parent.id}: ${parent.current} is not ${sum} millionths`]
  })
}

function isSummed(link: KeyResult['contribution'], parent: KeyResult): boolean {
  return link?.toKeyResultId === parent.id && link.rollUp === 'sum' && link.share === null
}

function moved(child: KeyResult): bigint {
  return units(child.current ?? child.start ?? '0') - units(child.start ?? '0')
}
