import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/**
 * Where a line is cut: in the middle of the request; when the answer comes, and so what it tells of is committed; or in
 * the middle of the answer.
 */
export const CUTS = ['nowhere', 'in the request', 'before the answer', 'in the answer'] as const
export type Cut = (typeof CUTS)[number]

export type Proxy = { url: string; close(): Promise<void> }

/** Stands before a server and passes on what it gets, up to the cut. */
export async function openProxy(port: number, cut: Cut): Promise<Proxy> {
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1')
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => open.delete(socket))
    }
    client.on('data', (piece) => {
      upstream.write(cut === 'in the request' ? piece.subarray(0, piece.length >> 1) : piece)
      if (cut === 'in the request') end()
    })
    upstream.on('data', (piece) => {
      if (cut !== 'before the answer')
        client.write(cut === 'in the answer' ? piece.subarray(0, piece.length >> 1) : piece)
      if (cut !== 'nowhere') end()
    })
    client.on('close', () => upstream.end())
    upstream.on('close', () => client.end())

    function end(): void {
      client.end()
      client.destroySoon()
      upstream.destroySoon()
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close()
      for (const socket of open) socket.destroy()
      await once(server, 'close')
    },
  }
}
