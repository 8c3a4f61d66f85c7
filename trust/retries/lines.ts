import { Agent } from 'node:http'
import { type Line, openLine } from '../caller/exchange.ts'
import type { House } from '../caller/house.ts'
import { startProcess } from '../caller/processes.ts'
import { CUTS, type Cut, openProxy } from './cutting-proxy.ts'

/** To two servers, each with its cut; and one that is whole. */
export type Lines = { cut: Record<Cut, Line>[]; whole: Line; close(): Promise<void> }

export async function openLines(house: House): Promise<Lines> {
  const processes = await Promise.all(
    [0, 1].map(() => startProcess(house.server.database.url, house.server.services.clock())),
  )
  const proxies = await Promise.all(processes.map(({ port }) => Promise.all(CUTS.map((cut) => openProxy(port, cut)))))
  // Each request on a line of its own: it is that one which is cut.
  const lineTo = (url: string) => openLine(url, new Agent({ keepAlive: false }))
  const cut = proxies.map(
    (ofOne) =>
      Object.fromEntries(CUTS.map((where, index) => [where, lineTo(ofOne[index]?.url ?? '')])) as Record<Cut, Line>,
  )
  return {
    cut,
    whole: house.line,
    close: async () => {
      await Promise.all(proxies.flat().map((proxy) => proxy.close()))
      await Promise.all(processes.map((process) => process.stop()))
    },
  }
}
