import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from './folder.mjs'
import { ending, SIGNALS } from './process.mjs'

/** The server, started again at every change, and in front of it Vite, which changes the page in place. */
export async function develop(node, args) {
  const port = process.env.PORT || '4000'
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js')
  const children = [
    start(node, ['--watch', '--watch-preserve-output', 'src/main.ts', 'serve', ...args], { PORT: port }),
    start(node, [vite], { API_URL: `http://localhost:${port}` }),
  ]
  const end = (signal) => {
    for (const child of children) child.kill(signal)
  }
  for (const signal of SIGNALS) process.on(signal, () => end(signal))
  // Alone neither of them is of use.
  await Promise.race(children.map(ending))
  end('SIGTERM')
  await Promise.all(children.map(gone))
  return 0
}

function start(node, args, environment) {
  return spawn(node, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...environment } })
}

function gone(child) {
  return child.exitCode ?? child.signalCode ?? ending(child)
}
