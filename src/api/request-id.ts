import type { Services } from '#operations/services.ts'

/** Numbers for requests, by which an answer is found in the log: unlike those of other servers, and of earlier runs. */
export function requestIds({ randomBytes }: Pick<Services, 'randomBytes'>): () => string {
  const run = randomBytes(5).toString('hex')
  let count = 0
  return () => {
    count += 1
    return `${run}-${count.toString(36)}`
  }
}
