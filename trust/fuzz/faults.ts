import type { Operation } from '../caller/document.ts'
import type { Answer } from '../caller/exchange.ts'
import type { House } from '../caller/house.ts'
import type { Spoiled } from '../caller/spoiled.ts'

/** In what an answer differs from what the description says about it. */
export function faultsOf(
  house: House,
  operation: Operation,
  sending: Spoiled,
  answer: Answer,
  patience: number,
): string[] {
  const { status, milliseconds } = answer
  const slow = milliseconds > patience ? [`it took ${Math.round(milliseconds)} ms`] : []
  const failed = status >= 500 ? [`it failed on our side (${logged(house, answer)})`] : []
  return [
    ...slow,
    ...failed,
    ...(sending.stray ? faultsOfStray(house, answer) : faultsOfShape(house, operation, sending, answer)),
  ]
}

/** What the log says of it. */
function logged({ server }: House, { body }: Answer): string {
  const number = String((body as { instance?: string } | undefined)?.instance)
    .split(':')
    .at(-1) as string
  return server.logged.find((line) => line.includes(number))?.slice(0, 1500) ?? 'nothing was logged'
}

function faultsOfShape(
  house: House,
  operation: Operation,
  sending: Spoiled,
  { status, headers, body }: Answer,
): string[] {
  const declared = operation.answers.get(status)
  if (!declared) return [`the description knows no answer ${status}`]
  const type = headers['content-type']?.split(';')[0]
  if (type !== declared.type) return [`it is ${type}, and not ${declared.type}`]
  const accepted =
    status < 400
      ? forbidden(house, operation, sending).map((fault) => `accepted, though the description forbids it: ${fault}`)
      : []
  return [
    ...house.validate(declared.schema, body).map((fault) => `the answer is not what was described: ${fault}`),
    ...accepted,
  ]
}

/** By another method or path it may be anything that is there; what is refused is told as a problem. */
function faultsOfStray(house: House, { status, headers, text, body }: Answer): string[] {
  if (status < 400 || text === '') return []
  if (!headers['content-type']?.startsWith('application/problem+json')) return [`it is ${headers['content-type']}`]
  return house.validate({ $ref: '#/components/schemas/Problem' }, body)
}

/** What the description forbids in a body that was accepted. A null is no body. */
function forbidden({ validate }: House, operation: Operation, { body }: Spoiled): string[] {
  if (operation.body === null || typeof body !== 'string' || /^\s*(null)?\s*$/.test(body)) return []
  return validate(operation.body, JSON.parse(body))
}
