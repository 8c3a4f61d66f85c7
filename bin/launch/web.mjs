import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { failure, hashOf, ROOT, readText } from './folder.mjs'
import { runQuietly } from './process.mjs'
import { inTurn } from './turn.mjs'

const BUILT = join(ROOT, 'dist', 'web')
const MARK = '.sources'
const SOURCES = [
  'src/web',
  'src/client',
  'src/domain',
  'src/coach',
  'src/words',
  'src/operations/declared',
  'package-lock.json',
  'package.json',
  'vite.config.ts',
]

/** Builds the web when its sources are not those of the last build. */
export async function buildWeb(node) {
  if (!existsSync(join(ROOT, 'src', 'web', 'index.html')) || isBuilt()) return
  await inTurn('Another launch is building the web; waiting for it…', async () => {
    if (!isBuilt()) await buildNow(node)
  })
}

function isBuilt() {
  return readText(join(BUILT, MARK)) === sourcesNow()
}

function sourcesNow() {
  const files = SOURCES.flatMap((source) => filesIn(join(ROOT, source))).filter((file) => !/\.test\.tsx?$/.test(file))
  return hashOf(...files.sort().flatMap((file) => [relative(ROOT, file), readFileSync(file)]))
}

function filesIn(path) {
  if (!existsSync(path)) return []
  try {
    return readdirSync(path, { withFileTypes: true }).flatMap((entry) => filesIn(join(path, entry.name)))
  } catch {
    return [path]
  }
}

/** Built beside the old one and swapped: a server never shows a page whose parts are gone. */
async function buildNow(node) {
  const began = Date.now()
  const draft = join(ROOT, 'dist', `web.draft-${process.pid}`)
  const old = `${draft}.old`
  const sources = sourcesNow()
  console.error('Building the web…')
  mkdirSync(join(ROOT, 'dist'), { recursive: true })
  removeDrafts()
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js')
  const args = [vite, 'build', '--outDir', draft, '--emptyOutDir', '--logLevel', 'warn']
  const { code, said } = await runQuietly(node, args, {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' },
  })
  if (code !== 0) throw failure(`The web could not be built:\n${said}`)
  writeFileSync(join(draft, MARK), sources)
  if (existsSync(BUILT)) renameSync(BUILT, old)
  renameSync(draft, BUILT)
  removeDrafts()
  console.error(`Built the web (${((Date.now() - began) / 1000).toFixed(1)} s).`)
}

function removeDrafts() {
  const drafts = readdirSync(join(ROOT, 'dist')).filter((name) => name.startsWith('web.draft'))
  for (const name of drafts) rmSync(join(ROOT, 'dist', name), { recursive: true, force: true, maxRetries: 5 })
}
