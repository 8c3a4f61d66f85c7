import { Refused } from '#client/client.ts'

/** What is absent, what is out of sight, and an address that could never name anything look the same. */
export function isNothing(error: unknown): boolean {
  if (!(error instanceof Refused)) return false
  const { status, errors = [] } = error.problem
  return (
    [403, 404].includes(status) || (errors.length > 0 && errors.every(({ pointer }) => pointer.startsWith('#/params')))
  )
}
