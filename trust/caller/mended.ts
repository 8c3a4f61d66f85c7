import { meant } from './document.ts'
import { type Drawing, fitting } from './fitting.ts'
import type { Draft } from './request.ts'

type Problem = { status: number; errors?: { pointer: string }[] }

/**
 * The same request after its refusal was read: a field that was wrong is left out where it may be, else drawn anew; one
 * that was missed is put in. Undefined where the refusal names no field.
 */
export function mended(drawing: Drawing, draft: Draft, refusal: unknown): Draft | undefined {
  const { errors = [] } = (refusal ?? {}) as Problem
  const shape = draft.operation.body && meant(drawing.document, draft.operation.body)
  const { properties = {}, required = [] } = shape ?? {}
  const wrong = [...new Set(errors.map(({ pointer }) => pointer.split('/')[1] ?? ''))].filter(
    (name) => name in properties,
  )
  if (wrong.length === 0 || typeof draft.body !== 'object') return undefined
  const body = { ...(draft.body as Record<string, unknown>) }
  for (const name of wrong) {
    if (name in body && !required.includes(name)) delete body[name]
    else body[name] = fitting(drawing, properties[name] ?? {}, name, 1)
  }
  return { ...draft, body }
}
