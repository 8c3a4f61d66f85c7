import { magnitude, units } from './decimal.ts'
import { isMetric, type Metric } from './measure.ts'
import { adds, type Contributor } from './roll-up.ts'

/** Who takes how much of a summing target, all in millionths of its unit. A negative gap is oversubscribed. */
export type Shares = { need: bigint; kept: bigint; taken: bigint; offered: bigint; gap: bigint }

export type Sharer = Contributor & { link: 'accepted' | 'offered' }

/** Source: DOMAIN.md, Shares. Null while start or target is open. */
export function sharesOf(parent: Metric, kept: bigint, sharers: readonly Sharer[]): Shares | null {
  if (parent.start === null || parent.target === null) return null
  const need = magnitude(units(parent.target) - units(parent.start))
  const summing = sharers.filter((sharer) => sharer.rollUp === 'sum')
  const total = (link: Sharer['link']) =>
    summing.filter((sharer) => sharer.link === link).reduce((sum, sharer) => sum + takes(parent, sharer), 0n)
  const taken = kept + total('accepted')
  const offered = total('offered')
  return { need, kept, taken, offered, gap: need - taken - offered }
}

/** A closed or cancelled child takes what it has added; an open one what it has promised. */
export function takes(parent: Metric, child: Contributor): bigint {
  if (child.state === 'closed' || child.state === 'cancelled') return magnitude(adds(parent, child))
  if (child.share !== null) return child.share
  if (!isMetric(child.measure)) return 0n
  if (child.measure.start === null || child.measure.target === null) return 0n
  return magnitude(units(child.measure.target) - units(child.measure.start))
}
