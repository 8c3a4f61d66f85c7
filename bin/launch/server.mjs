import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT } from './folder.mjs'
import { watchNpm } from './parent.mjs'
import { codeOf, ending, SIGNALS } from './process.mjs'

/** 0: it was asked to end. 75: the data folder is in use. 78: a person has to change something. */
const FINAL = [0, 75, 78]
const PAUSES_MS = [200, 1000, 2000, 5000, 10_000, 30_000]
/** Whoever was ready and fell is back soon; only what never gets so far is tried ever more rarely. */
const PAUSES_AFTER_READY = 2
/** A server that never was ready is not kept trying for ever: somebody is looking at the screen. */
const TRIES_UNTIL_READY = 3

/** Keeps a server running until it is asked to end. Resolves with its exit code. */
export async function keepServing(node, args) {
  const farewell = new AbortController()
  let child
  const end = (signal) => {
    farewell.abort()
    child?.kill(signal)
  }
  for (const signal of SIGNALS) process.on(signal, () => end(signal))
  watchNpm(() => end('SIGTERM'))
  let everReady = false
  for (let failures = 0; ; failures++) {
    let ready = false
    // Over the fourth channel the server notices when we are killed, and ends too.
    child = spawn(node, args, { cwd: ROOT, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
    child.on('message', () => {
      ready = true
      everReady = true
    })
    const { code, signal } = await ending(child)
    if (farewell.signal.aborted) return signal ? 0 : code
    if (FINAL.includes(code)) return code
    if (ready) failures = Math.min(failures, PAUSES_AFTER_READY - 1)
    if (!everReady && failures + 1 >= TRIES_UNTIL_READY) return codeOf({ code, signal })
    console.error(`The server ended (${signal ?? `exit code ${code}`}); starting it again.`)
    await sleep(PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)], undefined, farewell).catch(() => undefined)
    if (farewell.signal.aborted) return 0
  }
}
