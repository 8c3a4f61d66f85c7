import { unlinkSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { hashOf, ROOT } from './folder.mjs'

const POLL_MS = 200

/**
 * One launcher at a time does this; others wait for it. The lock is a listening socket whose name the kernel frees with
 * the process, so that a killed launcher blocks nobody.
 */
export async function inTurn(waiting, act) {
  let server = await tryTake()
  if (!server) console.error(waiting)
  while (!server) {
    await sleep(POLL_MS)
    server = await tryTake()
  }
  try {
    return await act()
  } finally {
    server.close()
  }
}

function tryTake() {
  const path = socketPath()
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', async (error) => {
      if (error.code !== 'EADDRINUSE') return reject(error)
      if (isFile(path) && !(await answers(path))) unlinkSync(path)
      resolve(undefined)
    })
    server.listen(path, () => resolve(server.unref()))
  })
}

/** Linux and Windows have names without a file. Elsewhere a file stays behind the dead and has to be tried. */
function socketPath() {
  const name = `throughline-${hashOf(ROOT).slice(0, 24)}`
  if (process.platform === 'linux') return `\0${name}`
  if (process.platform === 'win32') return `\\\\?\\pipe\\${name}`
  return join(tmpdir(), `${name}.sock`)
}

function isFile(path) {
  return path.startsWith('/')
}

function answers(path) {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
