import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import type { Sending } from './request.ts'

export type Answer = {
  status: number
  headers: IncomingHttpHeaders
  text: string
  /** Of a text that is JSON; else undefined. */
  body: unknown
  milliseconds: number
}

/** Somebody at the other end of a line, by the key they bear. */
export type Line = { send(sending: Sending, key: string | null): Promise<Answer>; close(): void }

/** Headers and bodies go over as they are, whatever is wrong with them. */
export function openLine(url: string, agent = new Agent({ keepAlive: true, maxSockets: 64 })): Line {
  const { hostname, port } = new URL(url)
  const send = ({ method, path, headers, body }: Sending, key: string | null) =>
    new Promise<Answer>((resolve, reject) => {
      const began = performance.now()
      const all = {
        host: 'localhost',
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined || 'transfer-encoding' in headers ? {} : { 'content-length': Buffer.byteLength(body) }),
        ...headers,
      }
      const sent = request({ agent, hostname, port, path, method, headers: all }, (response) => {
        const pieces: Buffer[] = []
        response.on('data', (piece: Buffer) => pieces.push(piece))
        response.on('error', reject)
        response.on('end', () => {
          const text = Buffer.concat(pieces).toString()
          const { statusCode: status = 0, headers: answered } = response
          resolve({ status, headers: answered, text, body: valueIn(text), milliseconds: performance.now() - began })
        })
      })
      sent.on('error', reject)
      sent.end(body)
    })
  return { send, close: () => agent.destroy() }
}

function valueIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
