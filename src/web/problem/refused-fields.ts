import type { UseFormReturnType } from '@mantine/form'
import { useEffect } from 'react'
import { fieldErrors } from './field-errors.ts'

/**
 * Says what the server refused beside the fields it is about, and leads to the first of them. `known` gives the form's own
 * name of a field where the server has another.
 */
export function useRefusedFields<Values>(
  form: UseFormReturnType<Values>,
  error: unknown,
  known: Record<string, string> = {},
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the form is the same throughout
  useEffect(() => {
    const refused = Object.entries(fieldErrors(error))
    form.setErrors(Object.fromEntries(refused.map(([name, detail]) => [known[name] ?? name, detail])))
  }, [error])
  useFocusOnRefusal(error)
}

export function useFocusOnRefusal(error: unknown): void {
  useEffect(() => {
    if (!error) return
    const frame = focusOnFault()
    return () => cancelAnimationFrame(frame)
  }, [error])
}

/** The first field that is wrong, once the page says so. */
export function focusOnFault(): number {
  return requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}
