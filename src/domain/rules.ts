/** How much weight a rule has: a wall cannot be passed, a warning and a hint only speak. */
export type Severity = 'wall' | 'warning' | 'hint'

/** What an organization may make of a rule. */
export type Setting = Severity | 'off'

/** When a rule is asked: at every write, when something is published or later edited, or whenever somebody looks. */
export type Stage = 'always' | 'at publish' | 'finding'

/**
 * Every rule of DOMAIN.md's table: its stage, what it weighs unless set otherwise, and what it may be set to.
 * `wording`: it judges words, which is the coach's part.
 */
export const RULES = [
  wall('objective-aligns-to-objective', 'always'),
  wall('no-cycles', 'always'),
  wall('one-owner', 'at publish'),
  movableWall('measurable', 'at publish'),
  movableWall('time-bound', 'at publish'),
  movableWall('contribution-follows-alignment', 'always'),
  wall('one-roll-up', 'always'),
  wall('like-sums-with-like', 'always'),
  warning('task-as-key-result', 'wording'),
  warning('objective-with-metric', 'wording'),
  hint('objective-gives-no-direction', 'wording'),
  warning('no-why'),
  warning('why-repeats-parent', 'wording'),
  warning('copies-parent', 'wording'),
  hint('narrow-objective', 'wording'),
  hint('narrow-groups', 'wording'),
  warning('few'),
  warning('duplicate', 'wording'),
  warning('several-results-in-one', 'wording'),
  warning('placeholder-number', 'wording'),
  warning('no-baseline-yet'),
  hint('sandbagged-or-impossible'),
  hint('owned-only-at-the-top'),
  wall('history-is-kept', 'always'),
] as const satisfies readonly Rule[]

export type Rule = {
  name: string
  stage: Stage
  severity: Severity
  /** What it may be set to, its own weight included. One alone: it is fixed. */
  may: readonly Setting[]
  wording: boolean
}

type Listed = (typeof RULES)[number]
export type RuleName = Listed['name']

/** A rule that an organization may set. */
export type SettableRule = Extract<Listed, { may: readonly [Setting, Setting, ...Setting[]] }>['name']

export function isSettable(rule: Rule): boolean {
  return rule.may.length > 1
}

function wall<const Name extends string>(name: Name, stage: Stage) {
  return { name, stage, severity: 'wall', may: ['wall'], wording: false } as const
}

/** DOMAIN.md marks it °: it may be turned into a warning. */
function movableWall<const Name extends string>(name: Name, stage: Stage) {
  return { name, stage, severity: 'wall', may: ['wall', 'warning'], wording: false } as const
}

function warning<const Name extends string>(name: Name, judges: 'wording' | 'facts' = 'facts') {
  const may = ['warning', 'wall', 'off'] as const
  return { name, stage: 'finding', severity: 'warning', may, wording: judges === 'wording' } as const
}

function hint<const Name extends string>(name: Name, judges: 'wording' | 'facts' = 'facts') {
  return { name, stage: 'finding', severity: 'hint', may: ['hint'], wording: judges === 'wording' } as const
}
