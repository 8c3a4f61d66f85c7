import { NOBODY } from './fitting.ts'

/** Texts of values, as they stand in a body. */
export const TOKENS: (() => string)[] = [
  () => '1e309',
  () => '-1e309',
  () => '1e-400',
  () => '-0',
  () => '123456789012345678901234567890.123456789',
  () => '9'.repeat(400),
  () => '"\\u0000"',
  () => '"\\ud800"',
  () => '"a\\udc00b"',
  () => '"\\u202e\\u2066"',
  () => `"${'x'.repeat(5001)}"`,
  () => `"${'\\u0001'.repeat(2000)}"`,
  () => `"${'x'.repeat(900_000)}"`,
  () => `"${'é'.repeat(700_000)}"`,
  () => `[${'0,'.repeat(100_000)}0]`,
  () => `[${'{},'.repeat(50_000)}{}]`,
  () => `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
  () => `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
  () => `${'['.repeat(60)}${']'.repeat(60)}`,
  () => `{${Array.from({ length: 20_000 }, (_, index) => `"k${index}":1`).join(',')}}`,
  () => '{"$gt":""}',
  () => '{"toString":1,"length":-1}',
  () => '"2026-02-30"',
  () => '"-271821-04-20"',
  () => '"275760-09-13"',
  () => '"0000-00-00"',
  () => `"${NOBODY}"`,
]

/** Fields, as they stand in a body. */
export const NAMES = [
  '"__proto__":{"role":"administrator"}',
  '"constructor":{"prototype":{"role":"administrator"}}',
  '"organizationId":"01900000-0000-7000-8000-000000000001"',
  '"version":99',
  '"id":"01900000-0000-7000-8000-000000000001"',
  '"":1',
  '"\\u0000":1',
  '"\\ud800":1',
  `"${'n'.repeat(10_000)}":1`,
]

/** In the place of a body. */
export const NO_JSON = [
  '',
  ' ',
  'null',
  '[]',
  '"text"',
  '7',
  '{',
  '{"a":1}}',
  "{'a':1}",
  '{a:1}',
  '\ufeff{}',
  'NaN',
  '{"a":undefined}',
  '[[',
  '{"a":01}',
  'true\u0000',
]

/** Bytes that are no text. */
export const NO_TEXT = [
  Buffer.from([0xff, 0xfe]),
  Buffer.from([0xc0, 0x80]),
  Buffer.from([0xed, 0xa0, 0x80]),
  Buffer.from([0x00]),
  Buffer.from([0xf4, 0x90, 0x80, 0x80]),
]

/** What a body may say that it is. */
export const ODD_TYPES: Record<string, string>[] = [
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/xml' },
  { 'content-type': 'multipart/form-data; boundary=x' },
  { 'content-type': 'application/x-www-form-urlencoded' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-type': 'application/json;;;' },
  { 'content-type': 'application/merge-patch+json' },
  { 'content-type': '' },
  { 'content-type': 'x'.repeat(3000) },
  { 'content-encoding': 'gzip' },
  { 'transfer-encoding': 'chunked' },
]

/** Headers that a verb answers to. */
export const ODD_HEADERS: Record<string, string>[] = [
  { 'if-match': '"1"' },
  { 'if-match': '"99"' },
  { 'if-match': 'nonsense' },
  { 'if-match': '' },
  { 'if-match': `"1"${', "2"'.repeat(2000)}` },
  { 'idempotency-key': '' },
  { 'idempotency-key': 'k'.repeat(200) },
  { 'idempotency-key': 'k'.repeat(201) },
  { 'idempotency-key': 'same for all' },
  { 'throughline-organization': NOBODY },
  { 'throughline-organization': 'nonsense' },
  { authorization: 'Bearer' },
  { authorization: `Bearer tl_${'0'.repeat(32)}_${'0'.repeat(32)}_${'A'.repeat(43)}` },
  { authorization: 'Basic dXNlcjpwYXNz' },
  { cookie: 'throughline=nonsense' },
  { cookie: `throughline=${'x'.repeat(5000)}` },
  { origin: 'https://evil.example' },
  { accept: 'image/png' },
  { 'accept-language': 'xx-'.repeat(500) },
  { 'x-forwarded-for': '::1, 127.0.0.1', 'x-forwarded-host': 'evil.example' },
  { 'x-http-method-override': 'DELETE' },
]

/** Answered before it is known which verb is meant. */
export const STRANGE_HEADERS: Record<string, string>[] = [
  { host: 'evil.example' },
  { expect: '200-maybe' },
  { 'x-long': 'x'.repeat(20_000) },
]

/** In the place of an id or a reference in a path. */
export const ODD_TEXTS = [
  '',
  ' ',
  '.',
  '..',
  '\u0000',
  'a\u0000b',
  NOBODY,
  NOBODY.toUpperCase(),
  `${NOBODY} `,
  'null',
  '1',
  '-1',
  '1e309',
  '%',
  '%00',
  '../../me',
  "';--",
  '{id}',
  'x'.repeat(199),
  'é'.repeat(200),
  'x'.repeat(3000),
  '🌊',
  '洪水',
]

/** Behind an address. */
export const ODD_QUERIES = [
  'limit=0',
  'limit=-1',
  'limit=1e309',
  'limit=999999999999999999999',
  'limit=1&limit=2',
  'limit[]=1',
  'limit[a]=1',
  'cursor=',
  'cursor=nonsense',
  `cursor=${NOBODY}`,
  'cursor=999999999999999',
  'cursor=%00',
  'name=%00',
  'name=%25%25%5F',
  'externalRef=%F0%9F',
  '__proto__=1',
  '__proto__[role]=administrator',
  'constructor=1',
  'unknown=1',
  'state=',
  'state=draft&state=closed',
  '&&&===',
  '%',
  '%E0%A4%A',
  `q=${'x'.repeat(8000)}`,
  'asOf=0000-00-00',
  'asOf=9999-99-99',
]

/** Addresses that mean another one, or none. */
export const ODD_PATHS: ((path: string) => string)[] = [
  (path) => `${path.split('?')[0]}/`,
  (path) => path.replace('/v1/', '/v1//'),
  (path) => path.replace('/v1/', '/V1/'),
  (path) => path.replace('/v1/', '/v1/%2e%2e/v1/'),
  (path) => path.replace('/v1/', '/v1/..;/'),
  (path) => `${path.split('?')[0]}%00`,
  (path) => `${path.split('?')[0]}%2f..%2f..`,
  (path) => `${path.split('?')[0]}%E0%A4%A`,
  (path) => `http://evil.example${path}`,
  (path) => `${path.split('?')[0]}/${'x'.repeat(10_000)}`,
]

/** Fields that nobody declared for callers. */
export const ODD_NAMES = [
  'organizationId',
  'version',
  'id',
  'role',
  'state',
  'conforms',
  'authorId',
  'createdAt',
  'progress',
  'toString',
  'Title',
  'title ',
  '',
]

/** What a value is mistaken for. */
export const ODD_VALUES: unknown[] = [
  '',
  ' ',
  'x',
  '\u0007',
  '\n',
  'x'.repeat(300),
  'x'.repeat(6000),
  '0',
  '-1',
  '0.0000001',
  '1234567890123456789',
  '1e3',
  '2026-02-30',
  '2026-1-1',
  '10000-01-01',
  'Europe/Nowhere',
  '{{name}}',
  '$t(product.name)',
  '<b>',
  0,
  -1,
  0.1,
  1e21,
  2 ** 53,
  true,
  null,
  [],
  {},
  [null],
  [[]],
  { id: 1 },
  NOBODY,
]

/** At the end of a text that was right. */
export const ENDINGS = [' ', '\u0000', '\ud800', 'x'.repeat(2000), '\u0301', '%', '\\', '"']
