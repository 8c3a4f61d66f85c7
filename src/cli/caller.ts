import { type Answered, type Client, connect, Refused } from '#client/client.ts'
import { CATALOGUE, type OperationName } from '#operations/declared/catalogue.ts'
import type { Say } from '#words/words.ts'
import { answerLines } from './answer.ts'
import { type Connection, connectionOf } from './connection.ts'
import { EXIT, Stopped } from './exit.ts'
import type { Env, Io } from './io.ts'
import { plainJson } from './plain.ts'
import type { Run } from './verbs.ts'

type Send = Client['send']

/** Sends a verb to the server that the caller is signed in to, and prints its answer. */
export function caller(env: Env, io: Io, say: Say): Run {
  return async ({ name, input, options }) => {
    const send = await sender(env, io, name)
    const asked = { ...(options.ifMatch && { ifMatch: versionTag(options.ifMatch) }), ...kept(options.idempotencyKey) }
    const answer = options.all ? await everyPage(send, name, input) : await send(name, input as never, asked)
    if (options.json) return io.out(`${plainJson(answer.data)}\n`)
    for (const line of answerLines(answer.data, say, io.columns)) io.out(`${line}\n`)
    if (answer.changeId) io.err(`${say('cli.undo', { change: answer.changeId })}\n`)
  }
}

/** `send` of the client, with what goes wrong on the way said in words. */
export async function sender(env: Env, io: Io, name: OperationName): Promise<Send> {
  const connection = await connectionOf(env)
  if (connection.key === null && !CATALOGUE[name].public)
    throw new Stopped(EXIT.notSignedIn, 'cli.not-signed-in', { url: connection.url })
  return connected(connection, io)
}

export function connected({ url, key }: Connection, io: Io): Send {
  const { send } = connect({
    baseUrl: url,
    fetch: io.fetch,
    headers: key === null ? {} : { authorization: `Bearer ${key}` },
  })
  return async (name, input, options) => {
    try {
      return await send(name, input, options)
    } catch (error) {
      if (error instanceof Refused && typeof error.problem?.status === 'number') throw error
      // A proxy's page, or another program's answer: neither JSON nor a problem document.
      const spoke = error instanceof SyntaxError || error instanceof Refused
      throw new Stopped(EXIT.unavailable, spoke ? 'cli.not-throughline' : 'cli.unreachable', {
        url,
        why: causeOf(error),
      })
    }
  }
}

async function everyPage(
  send: Send,
  name: OperationName,
  input: Record<string, unknown>,
): Promise<Answered<OperationName>> {
  const items: unknown[] = []
  for (let cursor = input.cursor as string | null | undefined; ; ) {
    const answer = await send(name, { limit: 200, ...input, ...(cursor && { cursor }) } as never)
    const page = answer.data as unknown as { items: unknown[]; nextCursor: string | null }
    items.push(...page.items)
    cursor = page.nextCursor
    if (cursor === null) return { ...answer, data: { items, nextCursor: null } as never }
  }
}

function versionTag(text: string): string | number {
  return /^\d+$/.test(text) ? Number(text) : text
}

function kept(key: string | undefined): { idempotencyKey?: string } {
  return key === undefined ? {} : { idempotencyKey: key }
}

function causeOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: { code?: string; message?: string } }
  return cause?.code ?? cause?.message ?? message
}
