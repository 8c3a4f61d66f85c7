import { refuse } from '#domain/problem.ts'
import { secretHash } from '#store/hash.ts'
import { forgetTries, giveBackTry, takeTry } from '#store/tries.ts'
import type { Services } from './services.ts'

const WINDOW = 15 * 60

/** Of one account, over every way to get in; and of one address, behind which a whole office may sit. */
const MOST = { account: 10, address: 100 }

/**
 * Runs `attempt` if whoever tries has tries left. Each is taken before it is made, so that a burst in parallel gets no
 * more. Getting in gives them back: only wrong guesses count. Null or undefined means: it was wrong.
 */
export async function guarded<T>(
  { store, clock }: Pick<Services, 'store' | 'clock'>,
  who: { email: string | null; address: string },
  attempt: () => Promise<T | null | undefined>,
): Promise<T | null> {
  const now = clock()
  const address = secretHash(`address ${network(who.address)}`)
  const account = who.email === null ? null : secretHash(`account ${who.email.toLowerCase()}`)
  wait(await takeTry(store, address, { most: MOST.address, seconds: WINDOW, now }))
  if (account) wait(await takeTry(store, account, { most: MOST.account, seconds: WINDOW, now }))
  const found = await attempt()
  if (found === null || found === undefined) return null
  await giveBackTry(store, address)
  if (account) await forgetTries(store, account)
  return found
}

function wait(seconds: number | null): void {
  if (seconds === null) return
  const reason = { key: 'problem.too-many-tries.reason', values: { count: Math.ceil(seconds / 60) } }
  refuse({ kind: 'too-many', rule: 'too-many-tries', reason, details: { retryAfter: seconds } })
}

/** Whoever has one address of IPv6 has the 2^64 of its network. */
function network(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address.replace('::ffff:', '')
  const [head = '', tail] = address.split('::')
  const groups = head.split(':')
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(':').length
  const whole = [...groups, ...Array<string>(Math.max(0, missing)).fill('0'), ...(tail ?? '').split(':')]
  return whole.slice(0, 4).join(':')
}
