import { cpSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { failure, hashOf, ROOT, readText } from './folder.mjs'
import { runQuietly } from './process.mjs'
import { inTurn } from './turn.mjs'

const MODULES = join(ROOT, 'node_modules')
const MARK = '.throughline-lock'
const DRAFT = '.throughline-install-'
const HEARTBEAT_MS = 10_000

/** Brings node_modules to what package-lock.json says. Most of the time that is a look at one small file. */
export async function install() {
  if (isInstalled()) return
  await inTurn('Another launch is installing; waiting for it…', async () => {
    if (!isInstalled()) await installNow()
  })
}

function isInstalled() {
  if (readText(join(MODULES, MARK)) === wanted()) return true
  if (!agrees(readText(join(MODULES, '.package-lock.json')))) return false
  mark(MODULES)
  return true
}

/** One node_modules may be seen by two platforms, as in a container. */
function wanted() {
  return hashOf(readText(join(ROOT, 'package-lock.json')), process.platform, process.arch)
}

function mark(folder) {
  try {
    writeFileSync(join(folder, MARK), wanted())
  } catch {
    // A read-only checkout is compared in full each time.
  }
}

/** Somebody ran npm by hand: what npm noted as installed is what the lock asks for on this platform. */
function agrees(noted) {
  if (!noted) return false
  const installed = JSON.parse(noted).packages
  const { '': _, ...asked } = JSON.parse(readText(join(ROOT, 'package-lock.json'))).packages
  return Object.entries(asked).every(([path, { version, optional, os, cpu, libc }]) => {
    if (installed[path]) return installed[path].version === version
    return optional && (!os || libc || !(fits(os, process.platform) && fits(cpu, process.arch)))
  })
}

function fits(list, name) {
  return !list || [list].flat().includes(name)
}

/**
 * Installs beside the old node_modules and swaps them, so that neither an interrupted installation nor a program that
 * runs from the old one meets a folder half filled.
 */
async function installNow() {
  const began = Date.now()
  console.error('Installing what Throughline needs (only after a change, about a minute)…')
  removeDrafts()
  // Not the same for everyone: an npm whose launcher was killed may still be filling its own.
  const draft = mkdtempSync(join(ROOT, DRAFT))
  for (const file of ['package.json', 'package-lock.json', '.npmrc']) cpSync(join(ROOT, file), join(draft, file))
  const beat = setInterval(() => console.error(`… still installing (${seconds(began)})`), HEARTBEAT_MS)
  const { code, said } = await npm(['ci', '--ignore-scripts', '--include=dev', '--include=optional'], draft)
  clearInterval(beat)
  if (code !== 0) throw failure(`npm could not install what Throughline needs:\n${said.slice(0, 3000)}`)
  mark(join(draft, 'node_modules'))
  if (existsSync(MODULES)) renameSync(MODULES, join(draft, 'old'))
  renameSync(join(draft, 'node_modules'), MODULES)
  removeDrafts()
  console.error(`Installed (${seconds(began)}).`)
}

function removeDrafts() {
  const drafts = readdirSync(ROOT).filter((name) => name.startsWith(DRAFT))
  for (const name of drafts) rmSync(join(ROOT, name), { recursive: true, force: true, maxRetries: 5 })
}

/** The npm that started us, run by the Node that runs it; otherwise the first on the path that is not our own. */
function npm(args, cwd) {
  const { npm_execpath: script, npm_node_execpath: node = process.execPath } = process.env
  const options = { cwd, env: cleanEnvironment() }
  if (script?.endsWith('.js') && existsSync(script)) return runQuietly(node, [script, ...args], options)
  const windows = process.platform === 'win32'
  return runQuietly(windows ? 'npm.cmd' : 'npm', args, { ...options, shell: windows })
}

/** An npm inside an npm would take the outer one's project and script for its own. */
function cleanEnvironment() {
  const outer = /^npm_(package_|lifecycle_|command$|config_(local_prefix|omit|only|production|workspace)$)|^INIT_CWD$/i
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !outer.test(name) && name !== 'NODE_ENV'))
}

function seconds(began) {
  return `${Math.round((Date.now() - began) / 1000)} s`
}
