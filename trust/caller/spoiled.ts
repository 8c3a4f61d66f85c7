import type { Chance } from '#test/chance.ts'
import type { Schema } from './document.ts'
import { type Drawing, fitting } from './fitting.ts'
import {
  ENDINGS,
  NAMES,
  NO_JSON,
  NO_TEXT,
  ODD_HEADERS,
  ODD_NAMES,
  ODD_PATHS,
  ODD_QUERIES,
  ODD_TEXTS,
  ODD_TYPES,
  ODD_VALUES,
  STRANGE_HEADERS,
  TOKENS,
} from './oddities.ts'
import { type Draft, rendered, type Sending } from './request.ts'

/** A request that something is wrong with. `stray`: it is none of the verb's any more, such as by another method. */
export type Spoiled = Sending & { stray?: boolean }

/** As somebody sends it who has read the description, and made one mistake. */
export function nearlyRight(drawing: Drawing, draft: Draft): Sending {
  const { draw } = drawing
  const place = draw.pick(['body', 'body', 'body', 'params', 'query', 'headers'] as const)
  if (place === 'headers') return rendered({ ...draft, headers: { ...draft.headers, ...draw.pick(ODD_HEADERS) } })
  return rendered({ ...draft, [place]: withOneMistake(drawing, draft[place] ?? {}) })
}

/** As somebody sends it who wants to break it. */
export function hostile(drawing: Drawing, draft: Draft): Spoiled {
  const { draw } = drawing
  const ways = draft.body === undefined ? ELSEWHERE : [...WITHIN, ...WITHIN, ...ELSEWHERE]
  return draw.pick(ways)(drawing, draft)
}

type Way = (drawing: Drawing, draft: Draft) => Spoiled

/** What a body can hold. */
const WITHIN: Way[] = [
  // A value that no client would write, at any place.
  ({ draw }, draft) => {
    const body = placed(draw, draft.body, MARK)
    return { ...rendered(draft), body: JSON.stringify(body).replace(`"${MARK}"`, () => draw.pick(TOKENS)()) }
  },
  // Names that mean something to the language, and names twice.
  ({ draw }, draft) => withText(draft, (text) => text.replace('{', () => `{${draw.pick(NAMES)},`)),
  ({ draw }, draft) =>
    withText(draft, (text) =>
      text.replace(/"(\w+)":/, (field) => `${field}${draw.pick(['1', 'null', '"x"'])},${field}`),
    ),
  // Every field that there is anywhere.
  (drawing, draft) => rendered({ ...draft, body: { ...everyField(drawing), ...(draft.body as object) } }),
  ({ draw }, draft) => withText(draft, () => draw.pick(NO_JSON)),
  ({ draw }, draft) => {
    const { headers, ...sending } = rendered(draft)
    return { ...sending, headers: { ...headers, ...draw.pick(ODD_TYPES) } }
  },
  ({ draw }, draft) => ({
    ...rendered(draft),
    body: Buffer.concat([Buffer.from('{"title":"'), draw.pick(NO_TEXT), Buffer.from('"}')]),
  }),
]

/** What can stand around it. */
const ELSEWHERE: Way[] = [
  ({ draw }, draft) => rendered({ ...draft, params: every(draft.params, () => draw.pick(ODD_TEXTS)) }),
  ({ draw }, draft) => {
    const { path, ...sending } = rendered(draft)
    return { ...sending, path: `${path}${path.includes('?') ? '&' : '?'}${draw.pick(ODD_QUERIES)}` }
  },
  ({ draw }, draft) => {
    const { path, ...sending } = rendered(draft)
    return { ...sending, path: draw.pick(ODD_PATHS)(path), stray: true }
  },
  ({ draw }, draft) => rendered({ ...draft, headers: { ...draft.headers, ...draw.pick(ODD_HEADERS) } }),
  ({ draw }, draft) => ({
    ...rendered({ ...draft, headers: { ...draft.headers, ...draw.pick(STRANGE_HEADERS) } }),
    stray: true,
  }),
  ({ draw }, draft) => ({
    ...rendered(draft),
    method: draw.pick(['HEAD', 'OPTIONS', 'TRACE', 'PUT', 'PATCH', 'DELETE', 'POST', 'PROPFIND']),
    stray: true,
  }),
]

const MARK = 'the place where it breaks'

/** A copy with one thing in it taken out, put in or changed. */
function withOneMistake(drawing: Drawing, value: unknown): unknown {
  const { draw } = drawing
  const copy = structuredClone(value)
  const places = placesIn(copy)
  const place = places.length > 0 && !draw.oneIn(6) ? draw.pick(places) : undefined
  if (!place) return { ...(copy as object), [draw.pick(ODD_NAMES)]: draw.pick(ODD_VALUES) }
  const [within, key] = place
  const way = draw.below(4)
  if (way === 0 && !Array.isArray(within)) delete within[key]
  else if (way === 1 && typeof within[key] === 'string') within[key] = `${within[key]}${draw.pick(ENDINGS)}`
  else if (way === 2) within[key] = [within[key], within[key]]
  else within[key] = draw.oneIn(6) ? fitting(drawing, { type: 'string', format: 'uuid' }, 'id') : draw.pick(ODD_VALUES)
  return copy
}

type Place = [within: Record<string, unknown>, key: string]

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => [
    [value as Record<string, unknown>, key] as Place,
    ...placesIn(item),
  ])
}

function placed(draw: Chance, body: unknown, value: unknown): unknown {
  const copy = structuredClone(body)
  const places = placesIn(copy)
  if (places.length === 0 || typeof copy !== 'object') return { title: value }
  const [within, key] = draw.pick(places)
  within[key] = value
  return copy
}

function withText(draft: Draft, change: (text: string) => string): Sending {
  const sending = rendered(draft)
  return { ...sending, body: change(String(sending.body)) }
}

function every(fields: Record<string, unknown>, value: () => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.keys(fields).map((name) => [name, value()]))
}

/** As whoever hopes that some field is taken over unseen. */
function everyField(drawing: Drawing): Record<string, unknown> {
  const { document, operations } = drawing
  const shapes = [...Object.values(document.components.schemas), ...operations.flatMap(({ body }) => body ?? [])]
  const fields = shapes.flatMap((schema) => Object.entries(schema.properties ?? {}) as [string, Schema][])
  return Object.fromEntries(fields.map(([name, schema]) => [name, fitting(drawing, schema, name, 5)]))
}
