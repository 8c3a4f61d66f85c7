import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openServer, type Server } from '../server.ts'

let server: Server
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'throughline-web-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<meta property="csp-nonce" nonce="THROUGHLINE_NONCE"><p>Page</p>')
  await writeFile(join(folder, 'assets', 'main-4f2a.js'), 'export {}')
  await writeFile(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  server = await openServer({ webFolder: folder })
})

afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

const visit = (path: string) => server.send('GET', path, { headers: { accept: 'text/html,*/*' } })

test('every address of the web answers with its page, and a nonce of its own', async () => {
  const pages = await Promise.all(['/', '/link', '/objectives/01939a8e', '/index.html'].map(visit))
  const nonces = pages.map(({ status, headers, text }) => {
    const nonce = /nonce="([^"]+)"/.exec(text)?.[1]
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}'`)
    return nonce
  })
  expect(new Set(nonces).size).toBe(pages.length)
})

test('files are kept by browsers for as long as their names hold', async () => {
  const asset = await server.send('GET', '/assets/main-4f2a.js')
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(asset.headers.get('content-type')).toMatch(/^application\/javascript/)
  expect((await server.send('GET', '/icon.svg')).headers.get('cache-control')).toBe('public, max-age=3600')
})

test('what is not there is no page, where no page was asked for', async () => {
  expect((await visit('/assets/gone-0000.js')).status).toBe(404)
  expect((await visit('/v1/gone')).body.rule).toBe('not-found')
  expect((await server.send('GET', '/objectives')).status).toBe(404)
  expect((await server.send('POST', '/objectives', { body: {}, headers: { accept: 'text/html' } })).status).toBe(404)
})

test('nothing outside of the folder is a file of ours', async () => {
  for (const path of ['/../package.json', '/assets/../../package.json', '/%2e%2e/package.json', '/..%2fpackage.json']) {
    const answer = await server.send('GET', path)
    expect(answer.status, path).toBe(404)
    expect(answer.text).not.toContain('"dependencies"')
  }
})
