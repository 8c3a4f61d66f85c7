import type * as z from 'zod'
import type { Actor } from '#domain/actor.ts'
import type { Day } from '#domain/day.ts'
import type { ChangeId, KeyResultId, ObjectiveId } from '#domain/id.ts'
import type { Call } from '#domain/problem.ts'
import type { Settings } from '#domain/settings.ts'
import type { Organization } from '#store/organizations.ts'
import type { Dirty } from '#store/settle.ts'
import type { Tx, WriteTx } from '#store/store.ts'
import type { Relation } from './access.ts'
import type { Declaration } from './declared/declaration.ts'
import type { Services } from './services.ts'

/** What every verb is given: who asks, in which snapshot, and what day it is there. */
export type Context = {
  readonly actor: Actor
  readonly tx: Tx
  readonly organization: Organization
  readonly settings: Settings
  readonly today: Day
  readonly services: Services
}

/** For a verb that writes. What it changes is recorded by `tx`; what follows from it is settled before the commit. */
export type WriteContext = Context & {
  readonly tx: WriteTx
  readonly dirty: Dirty
  /** What is being asked for, ready to be asked again within a batch; null for what cannot be part of one. */
  readonly call: Call | null
  /** An administrator acts for somebody else; it shows. */
  readonly onBehalf: boolean
  /** The version that the answer stands for, where the answer is only part of the object. */
  tagged: number | null
  /** Why, in the words of whoever did it. Kept with the change. */
  reason: string | null
  /** The change that this one takes back. */
  undoesId: ChangeId | null
  newId<Id extends string>(): Id
  /** These figures, and all above them, are to be recomputed. */
  moves(keyResultIds: readonly KeyResultId[], objectiveIds?: readonly ObjectiveId[]): void
  /** Another verb, as the same caller, in the same change. */
  perform(call: {
    method: string
    path: string
    headers?: Record<string, string> | undefined
    body?: unknown
  }): Promise<{ status: number; body: unknown }>
}

/** The object a verb is about, after every id in the request was resolved and found to be visible. */
export type Subject = {
  relations: readonly Relation[]
  /** What `If-Match` is compared with, and the state shown to whoever saw an older one. */
  version?: number
  current?: () => Promise<unknown>
}

export type Input<D extends Declaration> = {
  params: z.output<D['params']>
  query: z.output<D['query']>
  body: z.output<D['body']>
}

/** An answer with a tag of its own where it is not the object itself. */
export type Answer<D extends Declaration> = z.output<D['output']>

type Loaded<C, D extends Declaration, S extends Subject> = (context: C, input: Input<D>) => Promise<S> | S

export type Implementation = {
  declaration: Declaration
  subject(context: Context, input: never): Promise<Subject> | Subject
  run(context: never, input: never, subject: never): Promise<unknown>
}

const OF_ANY: Subject = { relations: [] }

/** A verb that reads. Without `subject` it is about nothing in particular. */
export function reading<D extends Declaration, S extends Subject = Subject>(
  declaration: D,
  parts: { subject?: Loaded<Context, D, S>; run(context: Context, input: Input<D>, subject: S): Promise<Answer<D>> },
): Implementation {
  return { declaration, subject: parts.subject ?? (() => OF_ANY), run: parts.run } as Implementation
}

/** A verb that writes: everything the request names is loaded by `subject`, before `run` has any effect. */
export function writing<D extends Declaration, S extends Subject = Subject>(
  declaration: D,
  parts: {
    subject?: Loaded<Context, D, S>
    run(context: WriteContext, input: Input<D>, subject: S): Promise<Answer<D>>
  },
): Implementation {
  return { declaration, subject: parts.subject ?? (() => OF_ANY), run: parts.run } as Implementation
}
