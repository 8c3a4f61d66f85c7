import { expect, test } from 'vitest'
import { type Machine, readConfig } from './config.ts'
import { StartupFailure } from './startup-failure.ts'

const linux: Machine = { platform: 'linux', home: '/home/maya', root: false }

test('an empty environment is a complete configuration', () => {
  expect(readConfig({}, linux)).toEqual({
    port: 4000,
    host: '127.0.0.1',
    publicUrl: null,
    databaseUrl: null,
    dataFolder: '/home/maya/.local/share/throughline',
    logLevel: 'info',
    trustProxy: false,
  })
})

test('everything can be said', () => {
  const said = {
    PORT: '0',
    HOST: '0.0.0.0',
    PUBLIC_URL: 'https://okr.example.org/',
    DATABASE_URL: 'postgresql://okr:secret@db.example.org/okr?sslmode=require',
    THROUGHLINE_DATA: '/srv/okr/../okr',
    LOG_LEVEL: 'debug',
    TRUST_PROXY: 'loopback, 10.0.0.0/8',
  }
  expect(readConfig(said, linux)).toEqual({
    port: 0,
    host: '0.0.0.0',
    publicUrl: 'https://okr.example.org',
    databaseUrl: said.DATABASE_URL,
    dataFolder: '/srv/okr',
    logLevel: 'debug',
    trustProxy: ['loopback', '10.0.0.0/8'],
  })
})

test('an empty variable counts as none', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: ' ', THROUGHLINE_NONSENSE: '' }, linux)).toEqual(readConfig({}, linux))
})

test.each<[Machine, Record<string, string>, string]>([
  [linux, { XDG_DATA_HOME: '/data' }, '/data/throughline'],
  [linux, { XDG_DATA_HOME: 'relative' }, '/home/maya/.local/share/throughline'],
  [{ ...linux, root: true }, { XDG_DATA_HOME: '/data' }, '/var/lib/throughline'],
  [{ platform: 'darwin', home: '/Users/maya', root: false }, {}, '/Users/maya/Library/Application Support/Throughline'],
  [{ platform: 'win32', home: 'C:\\Users\\maya', root: false }, { APPDATA: 'C:\\A' }, 'C:\\A\\Throughline'],
  [
    { platform: 'win32', home: undefined, root: false },
    { LOCALAPPDATA: 'C:\\L', APPDATA: 'C:\\A' },
    'C:\\L\\Throughline',
  ],
])('the data lies where %o with %o keeps such things', (machine, environment, folder) => {
  expect(readConfig(environment, machine).dataFolder).toBe(folder)
})

test.each([
  [{ HOST: '::1' }],
  [{ HOST: '0.0.0.0', PUBLIC_URL: 'https://okr.example.org' }],
  [{ HOST: '0.0.0.0', ALLOW_INSECURE_HTTP: 'yes' }],
  [{ PUBLIC_URL: 'http://localhost:4000' }],
  [{ PUBLIC_URL: 'http://okr.intranet', ALLOW_INSECURE_HTTP: '1' }],
])('%o keeps passwords off the wire, or says that it does not mind', (environment) => {
  expect(() => readConfig(environment, linux)).not.toThrow()
})

test.each<[Record<string, string>, RegExp]>([
  [{ PORT: 'http' }, /^PORT=http must be from 1 to 65535/],
  [{ PORT: '70000' }, /^PORT=70000 must/],
  [{ PORT: '-1' }, /^PORT=-1 must/],
  [{ PORT: '80.5' }, /^PORT=80.5 must/],
  [{ HOST: 'http://localhost' }, /^HOST=http:\/\/localhost must be an address/],
  [{ HOST: '[::1]' }, /^HOST=\[::1\] must/],
  [{ HOST: '0.0.0.0' }, /^HOST=0\.0\.0\.0 would .* ALLOW_INSECURE_HTTP=yes/s],
  [{ HOST: '::' }, /^HOST=:: would/],
  [{ HOST: '0.0.0.0', PUBLIC_URL: 'http://localhost:4000' }, /unencrypted/],
  [{ PUBLIC_URL: 'okr.example.org' }, /^PUBLIC_URL=okr.example.org must be a web address/],
  [{ PUBLIC_URL: 'ftp://okr.example.org' }, /^PUBLIC_URL=ftp.* must be a web address/],
  [{ PUBLIC_URL: 'https://example.org/okr' }, /without a path/],
  [{ PUBLIC_URL: 'http://okr.example.org' }, /unencrypted.* https address/s],
  [{ DATABASE_URL: 'mysql://db/okr' }, /^DATABASE_URL must look like postgres:/],
  [{ DATABASE_URL: 'postgres://db.example.org' }, /^DATABASE_URL must/],
  [{ DATABASE_URL: 'db.example.org' }, /Leave it out for the embedded/],
  [{ THROUGHLINE_DATA: 'data' }, /^THROUGHLINE_DATA=data is not an absolute path/],
  [{ THROUGHLINE_DATA: '~/okr' }, /is not an absolute path/],
  [{ THROUGHLINE_DTA: '/srv' }, /^THROUGHLINE_DTA is not a setting\. .*THROUGHLINE_DATA/],
  [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL=loud must be one of fatal, error/],
  [{ ALLOW_INSECURE_HTTP: 'perhaps' }, /must be yes or no/],
  [{ TRUST_PROXY: 'everyone' }, /^TRUST_PROXY=everyone must be a list/],
  [{ TRUST_PROXY: 'yes' }, /^TRUST_PROXY=yes must/],
  [{ TRUST_PROXY: '10.0.0.0/64' }, /^TRUST_PROXY/],
])('%o is refused with the way out', (environment, words) => {
  expect(failure(environment)).toMatchObject({ exitCode: 78, text: expect.stringMatching(words) })
})

test('all that is wrong is said at once, and no password with it', () => {
  const { text } = failure({ PORT: 'x', LOG_LEVEL: 'y', DATABASE_URL: 'mysql://okr:secret@db/okr' })
  expect(text.split('\n')).toHaveLength(3)
  expect(text).not.toContain('secret')
})

test('without a home there is no usual folder', () => {
  expect(failure({}, { ...linux, home: undefined }).text).toMatch(/THROUGHLINE_DATA/)
})

function failure(environment: Record<string, string>, machine = linux): { exitCode: number; text: string } {
  try {
    readConfig(environment, machine)
  } catch (error) {
    if (error instanceof StartupFailure) return { exitCode: error.exitCode, text: error.text }
    throw error
  }
  throw new Error('It was accepted.')
}
