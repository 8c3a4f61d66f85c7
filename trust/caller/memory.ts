import type { Chance } from '#test/chance.ts'
import type { Operation } from './document.ts'
import type { Draft } from './request.ts'

/** A call that somebody handed out ready to be sent. */
export type Call = { method: string; path: string; headers?: Record<string, string>; body?: unknown }

/**
 * What a caller has seen so far: ids by what they name, and what stood in which field. By it a stranger who knows the
 * description alone comes to send requests that mean something, whatever verbs and fields there are.
 */
export type Memory = {
  learn(operation: Operation, params: Record<string, unknown>, answer: unknown): void
  /** An id that this field, of this verb, may well name; undefined while none is known. */
  idFor(operation: Operation, field: string, draw: Chance): string | undefined
  /** A text that stood in a field of this name. */
  textFor(field: string, draw: Chance): string | undefined
  call(draw: Chance): Call | undefined
  /** What was asked and done, so that the like may be asked again. */
  done(draft: Draft): void
  likeBefore(operation: Operation, draw: Chance): Draft | undefined
  readonly ids: ReadonlyMap<string, readonly string[]>
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Such a text says whose it is: whoever wrote it elsewhere would say something else. */
const WITH_ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-/

/** So many of each are kept. */
const MOST = 400

export function openMemory(): Memory {
  const ids = new Map<string, string[]>()
  const nounOf = new Map<string, string>()
  const named = new Map<string, string[]>()
  const texts = new Map<string, string[]>()
  const calls: Call[] = []
  const drafts = new Map<string, Draft[]>()

  function learn(operation: Operation, params: Record<string, unknown>, answer: unknown): void {
    const noun = (id: unknown) =>
      Object.values(params).includes(id) ? nounOfParam(operation, params, id) : ownNoun(operation)
    walk(answer, noun, '')
  }

  function walk(value: unknown, noun: (id: unknown) => string, field: string): void {
    if (Array.isArray(value)) {
      for (const item of value) walk(item, noun, field)
    } else if (typeof value === 'object' && value !== null) {
      const fields = value as Record<string, unknown>
      if (typeof fields.method === 'string' && typeof fields.path === 'string') keep(calls, fields as Call)
      if (typeof fields.id === 'string' && ID.test(fields.id)) name(fields.id, noun(fields.id))
      for (const [key, item] of Object.entries(fields)) walk(item, key === 'items' ? noun : () => kebab(key), key)
    } else if (typeof value === 'string' && value.length < 200 && (ID.test(value) || !WITH_ID.test(value))) {
      const kept = ID.test(value) ? named : texts
      const known = kept.get(field) ?? []
      kept.set(field, known)
      if (!known.includes(value)) keep(known, value)
    }
  }

  function name(id: string, noun: string): void {
    if (nounOf.has(id)) return
    nounOf.set(id, noun)
    const known = ids.get(noun) ?? []
    ids.set(noun, known)
    keep(known, id)
  }

  function nounFor(operation: Operation, field: string, draw: Chance): string | undefined {
    if (field === 'id') return nounBefore(operation.path, '{id}')
    const bare = kebab(field.replace(/Ids?$/, ''))
    const suffixes = [...ids.keys()].filter((noun) => bare === noun || bare.endsWith(`-${noun}`))
    const longest = suffixes.sort((a, b) => b.length - a.length)[0]
    if (longest !== undefined) return longest
    const seen = named.get(field) ?? []
    return seen.length > 0 ? nounOf.get(draw.pick(seen)) : undefined
  }

  return {
    learn,
    ids,
    idFor: (operation, field, draw) => {
      const noun = nounFor(operation, field, draw)
      const some = noun === undefined ? undefined : (ids.get(noun) ?? named.get(`${camel(noun)}Id`))
      const all = some ?? named.get(field) ?? [...nounOf.keys()]
      return all.length > 0 ? draw.pick(all) : undefined
    },
    textFor: (field, draw) => {
      const exact = texts.get(field)
      const like = exact ?? [...texts].find(([name]) => name.toLowerCase().endsWith(field.toLowerCase()))?.[1]
      return like && like.length > 0 ? draw.pick(like) : undefined
    },
    done: (draft) => {
      const known = drafts.get(draft.operation.name) ?? []
      drafts.set(draft.operation.name, known)
      keep(known, draft)
    },
    likeBefore: ({ name }, draw) => {
      const known = drafts.get(name)
      return known && draw.pick(known)
    },
    call: (draw) => (calls.length > 0 ? draw.pick(calls) : undefined),
  }
}

/** The oldest half stays, and then the newest. */
function keep<T>(known: T[], value: T): void {
  known.push(value)
  if (known.length > MOST) known.splice(MOST / 2, 1)
}

/** What an answer's own id names: what the path ends in, or what it is about. */
function ownNoun({ path }: Operation): string {
  const last = path.split('/').at(-1) as string
  return last.startsWith('{') ? nounBefore(path, last) : singular(last)
}

function nounOfParam({ path }: Operation, params: Record<string, unknown>, id: unknown): string {
  const [param] = Object.entries(params).find(([, value]) => value === id) ?? ['id']
  return nounBefore(path, `{${param}}`)
}

function nounBefore(path: string, place: string): string {
  const parts = path.split('/')
  return singular(parts[parts.indexOf(place) - 1] ?? '')
}

function singular(word: string): string {
  if (word === 'people') return 'person'
  return word.replace(/ies$/, 'y').replace(/([^s])s$/, '$1')
}

function camel(noun: string): string {
  return noun.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}

function kebab(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
