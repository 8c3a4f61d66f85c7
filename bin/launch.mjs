#!/usr/bin/env node
// Plain JavaScript for whatever Node a machine has (20.10 or later), with nothing installed yet: it installs what is
// missing, finds a Node new enough for the rest, and hands over.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { develop } from './launch/dev.mjs'
import { failure, ROOT } from './launch/folder.mjs'
import { install } from './launch/install.mjs'
import { findNode } from './launch/node.mjs'
import { handOver } from './launch/process.mjs'
import { keepServing } from './launch/server.mjs'
import { buildWeb } from './launch/web.mjs'

const VERBS = {
  async serve(args) {
    if (args.includes('--help') || args.includes('-h')) return runVerb(args)
    const node = await prepare()
    await buildWeb(node)
    return keepServing(node, ['src/main.ts', 'serve', ...args])
  },
  dev: async (args) => develop(await prepare(), args),
  test: (args) => runScript('test/run.ts', args),
  check: (args) => runScript('test/run.ts', ['--only', 'static', ...args]),
  trust: (args) => runScript('trust/run.ts', args),
  bench: (args) => runScript('bench/run.ts', args),
  fix: (args) => runScript('node_modules/@biomejs/biome/bin/biome', ['check', '--write', '.', ...args]),
  async setup() {
    await buildWeb(await prepare())
    return 0
  },
}

const [verb = 'serve', ...args] = process.argv.slice(2)
try {
  process.exit(await (VERBS[verb] ?? runVerb)(args))
} catch (error) {
  console.error(error.expected ? error.message : error)
  process.exit(1)
}

async function prepare() {
  await install()
  return findNode()
}

async function runScript(script, args) {
  const node = await prepare()
  if (!existsSync(join(ROOT, script))) throw failure(`There is no ${script} yet.`)
  return handOver(node, [script, ...args], ROOT)
}

/** Everything else is a word of the command line, said where the person stands. */
async function runVerb(args) {
  return handOver(await prepare(), [join(ROOT, 'src', 'main.ts'), verb, ...args], process.cwd())
}
