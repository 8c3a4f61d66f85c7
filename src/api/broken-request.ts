import type { Socket } from 'node:net'
import { PROBLEM_TYPE, type ProblemDocument, problemDocument } from './problem-document.ts'

/** What could not even be read as a request is answered by hand: there is no reply to do it with. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  socket.end(textOf(documentFor(error.code)), () => socket.destroy())
}

function documentFor(code: string | undefined): ProblemDocument {
  if (code === 'HPE_HEADER_OVERFLOW') return problemDocument({ kind: 'too-large', rule: 'headers-too-large' })
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return problemDocument({ kind: 'invalid', rule: 'too-slow' })
  return problemDocument({ kind: 'invalid', rule: 'malformed' })
}

function textOf(document: ProblemDocument): string {
  const body = JSON.stringify(document)
  const head = [
    `HTTP/1.1 ${document.status} ${document.title}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ]
  return `${head.join('\r\n')}\r\n\r\n${body}`
}
