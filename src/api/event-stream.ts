import type { ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply } from 'fastify'
import * as z from 'zod'
import { refuse } from '#domain/problem.ts'
import type { Callers } from '#operations/callers.ts'
import type { Declaration } from '#operations/declared/declaration.ts'
import { nothing } from '#operations/declared/shape.ts'
import { type Listener, openEvents } from '#operations/events.ts'
import { parse } from '#operations/input.ts'
import type { Services } from '#operations/services.ts'
import { askerOf } from './request-actor.ts'

export const EVENTS_PATH = '/v1/events'

/** Bytes that may wait for a reader; one who is slower begins again where they stopped. */
const PATIENCE = 256 * 1024

/** An address that a browser listens to takes no headers: the organization stands in it. */
const Query = z.strictObject({ organization: z.string().optional() })
const declared = { params: nothing, query: Query, body: nothing } as unknown as Declaration

/** `GET /v1/events`: what happens in the organization, as it happens, as far as the caller may see where. */
export function addEventStream(app: FastifyInstance, services: Services, callers: Callers): void {
  const events = openEvents(services, callers, app.log)
  app.addHook('preClose', () => events.close())
  app.route({
    method: 'GET',
    url: EVENTS_PATH,
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      const { query } = parse(declared, { params: {}, query: request.query, body: {} })
      const chosen = (query as z.output<typeof Query>).organization ?? request.headers['throughline-organization']
      const asker = await askerOf(request, reply, services, callers, chosen)
      if (!asker) refuse({ kind: 'unauthenticated', rule: 'unauthenticated' })
      if (!asker.actor.scopes.includes('read')) refuse({ kind: 'forbidden', rule: 'forbidden' })
      const after = positionIn(request.headers['last-event-id'])
      let gone = request.raw.socket.destroyed
      request.raw.socket.once('close', () => {
        gone = true
      })
      const leave = await events.subscribe(asker, after, listenerOn(reply))
      if (gone) leave()
      else reply.raw.once('close', leave)
    },
  })
}

function positionIn(header: string | string[] | undefined): number | null {
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : null
}

/** The answer's headers go out with the first event; from there on the stream is written by hand. */
function listenerOn(reply: FastifyReply): Listener {
  const { raw } = reply
  return {
    begin: (position, missed) => {
      reply.hijack()
      raw.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        connection: 'close',
        // A proxy that gathers answers would keep every event back.
        'x-accel-buffering': 'no',
      })
      raw.write('retry: 2000\n\n')
      write(raw, missed ? 'reset' : 'ready', position, { position })
    },
    hear: (news) => {
      write(raw, 'changed', news.position, news)
      return raw.writableLength < PATIENCE
    },
    beat: () => void raw.write(': \n\n'),
    end: () => void raw.end(),
  }
}

function write(raw: ServerResponse, event: string, position: number, data: unknown): void {
  raw.write(`id: ${position}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}
