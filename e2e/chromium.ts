import { existsSync } from 'node:fs'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A browser on this machine: the program, and the folders it needs around it. */
export type Chromium = { program: string; env: Record<string, string> }

const VERSION = '147.0.0'

/** The one named by CHROMIUM_PATH, else the one that comes as a package, unpacked once for all runs to come. */
export async function findChromium(): Promise<Chromium> {
  const { CHROMIUM_PATH } = process.env
  if (CHROMIUM_PATH) return { program: CHROMIUM_PATH, env: {} }
  const folder = join(tmpdir(), `throughline-chromium-${VERSION}-${process.getuid?.() ?? 0}`)
  if (!existsSync(join(folder, 'chromium'))) await unpackInto(folder)
  return {
    program: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  }
}

/** Two runs may unpack at once, and one may be killed meanwhile: only a whole folder gets the name. */
async function unpackInto(folder: string): Promise<void> {
  const halfway = await mkdtemp(`${folder}-`)
  await withEnvironment(
    // With these it brings the libraries that a bare machine lacks.
    { TMPDIR: halfway, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x', AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' },
    async () => {
      const { default: chromium } = await import('@sparticuz/chromium')
      await chromium.executablePath()
    },
  )
  await writeFile(join(halfway, 'fonts.conf'), fontsIn(folder))
  await rename(halfway, folder).catch(() => rm(halfway, { recursive: true, force: true }))
}

/** The package's own list of fonts names the folder that they were unpacked into. */
function fontsIn(folder: string): string {
  const folders = [join(folder, 'fonts'), '/usr/share/fonts'].map((name) => `<dir>${name}</dir>`).join('')
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders}<cachedir>${join(folder, 'font-cache')}</cachedir></fontconfig>`
}

/** The package changes where programs look for libraries; whatever starts after it must not. */
async function withEnvironment(env: Record<string, string>, run: () => Promise<void>): Promise<void> {
  const before = { ...process.env }
  Object.assign(process.env, env)
  try {
    await run()
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
    Object.assign(process.env, before)
  }
}
