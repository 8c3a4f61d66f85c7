import type * as z from 'zod'
import { type FieldError, refuse } from '#domain/problem.ts'
import type { Declaration } from './declared/declaration.ts'
import type { Input } from './operation.ts'

/** What came in, in the declared shape; else every field that is wrong, each with its pointer and its reason. */
export function parse<D extends Declaration>(
  declaration: D,
  request: { params: unknown; query: unknown; body: unknown },
): Input<D> {
  const params = declaration.params.safeParse(request.params ?? {})
  const query = declaration.query.safeParse(request.query ?? {})
  const body = declaration.body.safeParse(request.body ?? {})
  const errors = [...issues(params, '#/params'), ...issues(query, '#/query'), ...issues(body, '')]
  if (errors.length > 0) refuse({ kind: 'invalid', rule: 'invalid-request', errors })
  return { params: params.data, query: query.data, body: body.data } as Input<D>
}

/** The same for what is no declared verb. */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body ?? {})
  if (!parsed.success) refuse({ kind: 'invalid', rule: 'invalid-request', errors: issues(parsed, '') })
  return parsed.data
}

function issues(result: z.ZodSafeParseResult<unknown>, base: string): FieldError[] {
  return result.success ? [] : result.error.issues.slice(0, 50).flatMap((issue) => fieldErrors(issue, base))
}

function fieldErrors(issue: z.core.$ZodIssue, base: string): FieldError[] {
  const pointer =
    base + issue.path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, 20).map((key) => ({
      pointer: `${pointer}/${key}`,
      reason: {
        key: issue.message.startsWith('field.') ? issue.message : 'field.unknown',
        values: { field: key.slice(0, 100) },
      },
    }))
  }
  return [{ pointer: pointer || '/', reason: reasonOf(issue) }]
}

/** Our own messages are keys of the catalogue, `field.too-long:200`; the library's become the few that we have words for. */
function reasonOf(issue: z.core.$ZodIssue): FieldError['reason'] {
  if (issue.message.startsWith('field.')) {
    const [key, limit] = issue.message.split(':') as [string, string?]
    return { key, values: limit ? { limit: Number(limit) } : {} }
  }
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.includes('received undefined')
        ? { key: 'field.missing' }
        : { key: 'field.type', values: { expected: issue.expected } }
    case 'invalid_key':
      return issue.issues[0] ? reasonOf(issue.issues[0]) : { key: 'field.shape' }
    case 'invalid_value':
      return { key: 'field.one-of', values: { values: issue.values.map(String).join(', ') } }
    case 'too_small':
      return { key: 'field.too-small', values: { limit: Number(issue.minimum) } }
    case 'too_big':
      return { key: 'field.too-big', values: { limit: Number(issue.maximum) } }
    default:
      return { key: 'field.shape' }
  }
}
