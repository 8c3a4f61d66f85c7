import { type CascadeNode, downward } from './cascade.ts'
import type { Cycle } from './cycle.ts'
import type { ObjectiveId } from './id.ts'
import { type Wall, wallsAgainst } from './key-result.ts'
import { type Level, whyNotAlign } from './objective.ts'
import type { Reason, Values } from './problem.ts'
import type { State } from './roll-up.ts'

/** A place in an import: a node of the file, or the Objective made for an owner whose Key Results had none. */
export type Ref = string

export type Span = Pick<Cycle, 'startsOn' | 'endsOn'>

/** What an earlier import of the same file has made. */
export type Known =
  | { noun: 'objective'; level: Level; state: State; cycle: Span }
  | { noun: 'key-result' | 'initiative' }

type Common = { ref: Ref; nodeId: string | null; text: string; reasons: Reason[] }

/** What becomes of a node, and why. An owner of null is whoever imports. */
export type Planned = Common &
  (
    | { becomes: 'objective'; level: Level; owner: string | null; alignsTo: Ref | null; publishedUnder: Ref | null }
    | { becomes: 'key-result'; owner: string | null; objective: Ref; conforms: boolean; lenient: boolean }
    | { becomes: 'initiative'; owner: string | null; keyResult: Ref }
    | { becomes: 'already-there' | 'left-out' }
  )

/** What a node hands down to those below it. */
type Above = {
  kept: { ref: Ref; noun: 'objective' | 'key-result' } | null
  objective: Ref | null
  keyResult: Ref | null
  owner: string | null
  nodeId: string | null
}

const TOP: Above = { kept: null, objective: null, keyResult: null, owner: null, nodeId: null }

/** What is aligned to: an Objective of this plan, or one that was there before. */
type Standing = { level: Level; state: State; cycle: Span }

/**
 * What every node of a cascade comes in as, in the file's order; Objectives that were made up stand before the first
 * Key Result that needs them. Nothing is refused for a rule: what a wall stands against comes in marked. `isWall`:
 * which of them the organization has left a wall. Needs a cascade without faults.
 */
export function planCascade(
  nodes: readonly CascadeNode[],
  cycle: Span,
  known: ReadonlyMap<Ref, Known>,
  isWall: (rule: Wall['rule']) => boolean = () => true,
): Planned[] {
  const parents = new Set(nodes.map((node) => node.parent_id ?? null))
  const above = new Map<string | null, Above>([[null, TOP]])
  const standing = new Map<Ref, Standing>()
  const planned = new Map<Ref, Planned>()

  for (const node of downward(nodes)) {
    const here = above.get(node.parent_id ?? null) as Above
    const one = plan(node, here)
    planned.set(one.ref, one)
    above.set(node.id, { ...handedDown(one, here, known), owner: ownerOf(node) ?? here.owner, nodeId: node.id })
  }
  return nodes.flatMap((node) => inFileOrder(planned, refOf(node.id)))

  function plan(node: CascadeNode, here: Above): Planned {
    const common = { ref: refOf(node.id), nodeId: node.id, text: oneLine(node.text), reasons: [] as Reason[] }
    const before = known.get(common.ref)
    if (before) {
      if (before.noun === 'objective') standing.set(common.ref, before)
      return { ...common, becomes: 'already-there', reasons: [reason('already-there')] }
    }
    const kind = kindOf(node, parents.has(node.id))
    if (kind.becomes === 'left-out') return { ...common, becomes: 'left-out', reasons: kind.reasons }
    const owner = ownerOf(node) ?? here.owner
    common.reasons.push(...kind.reasons, ...ownerReasons(node, owner))
    if (kind.becomes === 'objective') return planObjective(node, common, owner, here)
    return kind.becomes === 'key-result' ? planKeyResult(common, owner, here) : planInitiative(common, owner, here)
  }

  function planObjective(node: CascadeNode, common: Common, owner: string | null, { kept }: Above): Planned {
    const level = levelOf(node)
    if (node.level !== level) common.reasons.push(reason('level-from-place', { level }))
    const own: Standing = { level, state: 'published', cycle }
    standing.set(common.ref, own)
    const place = { alignsTo: null as Ref | null, publishedUnder: null as Ref | null }
    if (kept?.noun === 'key-result') {
      place.publishedUnder = kept.ref
      common.reasons.push(reason('published-under-key-result', { node: nodeIdOf(kept.ref) }))
    }
    if (kept?.noun === 'objective') {
      const why = whyNot(common.ref, own, kept.ref, standing.get(kept.ref) as Standing)
      if (why === null) place.alignsTo = kept.ref
      common.reasons.push(reason(why === null ? 'aligned' : `not-aligned.${why}`, { node: nodeIdOf(kept.ref) }))
    }
    return { ...common, becomes: 'objective', level, owner, ...place }
  }

  function planKeyResult(common: Common, owner: string | null, { kept, objective }: Above): Planned {
    const gaps = wallsAgainst({ measure: null, startsOn: null, deadline: cycle.endsOn }, cycle, true)
    const walls = gaps.filter((gap) => isWall(gap.rule))
    if (kept?.noun === 'key-result')
      common.reasons.push(reason('key-result-under-key-result', { node: nodeIdOf(kept.ref) }))
    if (objective === null) common.reasons.push(reason('without-objective'))
    common.reasons.push(...walls.map((wall) => reason('not-conforming', { rule: wall.rule })))
    const home = objective ?? makeHome(owner)
    const conforms = walls.length === 0
    return { ...common, becomes: 'key-result', owner, objective: home, conforms, lenient: conforms && gaps.length > 0 }
  }

  /** Work moves a Key Result: the nearest one above. */
  function planInitiative(common: Common, owner: string | null, { keyResult }: Above): Planned {
    if (keyResult === null)
      return { ...common, becomes: 'left-out', reasons: [reason('initiative-without-key-result')] }
    common.reasons.push(reason('initiative', { node: nodeIdOf(keyResult) }))
    return { ...common, becomes: 'initiative', owner, keyResult }
  }

  function makeHome(owner: string | null): Ref {
    const ref = homeOf(owner)
    if (!known.has(ref) && !planned.has(ref)) {
      // Of a group, never of the company: a made-up Objective must not lend anybody a line of sight.
      const place = { level: 'group' as const, owner, alignsTo: null, publishedUnder: null }
      planned.set(ref, {
        ref,
        nodeId: null,
        text: '',
        reasons: [owner === null ? reason('home') : reason('home-of', { owner })],
        becomes: 'objective',
        ...place,
      })
    }
    return ref
  }
}

/** The refs under which a cascade's nodes may have come in before. */
export function refsIn(nodes: readonly CascadeNode[]): Ref[] {
  const owners = new Set(nodes.map(ownerOf))
  return [...nodes.map((node) => refOf(node.id)), ...[...owners, null].map(homeOf)]
}

/** The name a node gives for who answers for it; null where it gives none. */
export function ownerOf(node: CascadeNode): string | null {
  return oneLine(node.owner ?? '') || null
}

function refOf(nodeId: string): Ref {
  return `#${nodeId}`
}

function nodeIdOf(ref: Ref): string {
  return ref.slice(1)
}

function homeOf(owner: string | null): Ref {
  return owner === null ? '/without-objective' : `/without-objective/${owner}`
}

/** A made-up Objective comes right before the first Key Result that stands under it. */
function inFileOrder(planned: Map<Ref, Planned>, ref: Ref): Planned[] {
  const one = planned.get(ref) as Planned
  const home = one.becomes === 'key-result' && !one.objective.startsWith('#') ? planned.get(one.objective) : undefined
  if (home) planned.delete(home.ref)
  return home ? [home, one] : [one]
}

/** What is no Objective and no Key Result hands down what it was given: what stands below it moves up. */
function handedDown(one: Planned, here: Above, known: ReadonlyMap<Ref, Known>): Omit<Above, 'owner' | 'nodeId'> {
  const noun = one.becomes === 'already-there' ? known.get(one.ref)?.noun : one.becomes
  if (noun === 'objective') return { ...here, kept: { ref: one.ref, noun }, objective: one.ref }
  if (noun === 'key-result') return { ...here, kept: { ref: one.ref, noun }, keyResult: one.ref }
  return here
}

const KINDS: Record<string, Planned['becomes']> = {
  objective: 'objective',
  key_result: 'key-result',
  initiative: 'initiative',
}

/** Without a type that we know, a node with others below it is an Objective, one without a Key Result. */
function kindOf(node: CascadeNode, hasChildren: boolean): { becomes: Planned['becomes']; reasons: Reason[] } {
  if (oneLine(node.text) === '') return { becomes: 'left-out', reasons: [reason('no-text')] }
  const known = KINDS[node.type ?? '']
  if (known) return { becomes: known, reasons: [] }
  return hasChildren
    ? { becomes: 'objective', reasons: [reason('type-from-children')] }
    : { becomes: 'key-result', reasons: [reason('type-without-children')] }
}

function ownerReasons(node: CascadeNode, owner: string | null): Reason[] {
  if (ownerOf(node) !== null) return []
  return [owner === null ? reason('owner-is-importer') : reason('owner-from-above', { owner })]
}

function levelOf(node: CascadeNode): Level {
  if (node.level === 'company' || node.level === 'group' || node.level === 'individual') return node.level
  return node.parent_id == null ? 'company' : 'group'
}

function whyNot(ref: Ref, below: Standing, aboveRef: Ref, above: Standing): string | null {
  const end = (id: Ref, one: Standing) => ({ ...one, id: id as ObjectiveId, authorId: null, leadId: null as never })
  return whyNotAlign(end(ref, below), end(aboveRef, above), null)
}

/** A title is one line: a break that a page's layout has left becomes a blank. Otherwise texts stay as published. */
function oneLine(text: string): string {
  return text.toWellFormed().replace(BREAKS, ' ').trim()
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const BREAKS = / *[\u0000-\u001f\u007f\u2028\u2029]+ */g

function reason(word: string, values: Values = {}): Reason {
  return { key: `import.cascade.${word}`, values }
}
