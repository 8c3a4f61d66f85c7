import type { Services } from '#operations/services.ts'
import { checkInBy } from './callers.ts'
import type { Company } from './company.ts'
import type { Bench } from './server.ts'

/**
 * At a steady rate of check-ins (per second), how long after its answer each sampled one has moved all that stands
 * above it: its mark goes in the transaction that writes the parents. Milliseconds, the 99th of 100.
 */
export async function staleness(
  bench: Bench,
  services: Services,
  company: Company,
  rate: number,
  milliseconds: number,
): Promise<number> {
  const once = checkInBy(services, company)
  const samples: number[] = []
  const pending: Promise<unknown>[] = []
  const began = performance.now()
  let sent = 0
  let nextSample = 0
  while (performance.now() - began < milliseconds) {
    const due = Math.floor(((performance.now() - began) / 1000) * rate)
    while (sent < due) {
      sent++
      const made = once() as Promise<{ changeId: string }>
      const elapsed = performance.now() - began
      if (elapsed < nextSample) pending.push(made)
      else {
        nextSample = elapsed + 40
        pending.push(made.then(async ({ changeId }) => samples.push(await gone(bench, company, changeId))))
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await Promise.all(pending)
  samples.sort((a, b) => a - b)
  return samples[Math.min(samples.length - 1, Math.ceil(samples.length * 0.99) - 1)] ?? Number.NaN
}

async function gone(bench: Bench, company: Company, mark: string): Promise<number> {
  const answered = performance.now()
  for (;;) {
    const { rowCount } = await bench.admin.query({
      name: 'mark',
      text: 'select from outbox where organization_id = $1 and id = $2',
      values: [company.organizationId, mark],
    })
    if (rowCount === 0) return performance.now() - answered
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
