import { Refused } from '#client/client.ts'

/** What is wrong with which field, under the form's own names: `/measure/target` is `measure.target`. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof Refused)) return {}
  const found = error.problem.errors ?? []
  return Object.fromEntries(found.map(({ pointer, detail }) => [fieldOf(plainPointer(pointer)), detail]))
}

/** Where several calls were sent as one change, the field of the one that was refused. */
export function plainPointer(pointer: string): string {
  return pointer.replace(/^\/calls\/\d+\/body(?=\/)/, '')
}

/** The pointers of those fields that a form has. */
export function pointersOf(fields: readonly string[]): string[] {
  return fields.map((field) => `/${field.replaceAll('.', '/')}`)
}

function fieldOf(pointer: string): string {
  return pointer.replace(/^\//, '').replaceAll('/', '.')
}
