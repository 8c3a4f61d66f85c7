import { createServer } from 'node:net'

export const LOOPBACK = '127.0.0.1'

/** A port that nobody listens on just now. */
export function freePort(): Promise<number> {
  return listenOn(0).then((port) => port ?? freePort())
}

export async function isFree(port: number): Promise<boolean> {
  return (await listenOn(port)) !== undefined
}

function listenOn(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined))
    })
  })
}
