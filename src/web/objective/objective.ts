import type { OutputOf } from '#client/client.ts'
import { LIFE, type LifeVerb } from '#domain/life.ts'
import type { Group, Person } from '#web/directory/directory.ts'
import type { Me } from '#web/me/me.ts'

export type Objective = OutputOf<'objectives.show'>

/** Whether to offer a change of its words and structure; the server decides. */
export function offersEdit(objective: Objective, me: Me, group: Group | undefined): boolean {
  return offersLife(objective, me, group) || (objective.state === 'draft' && objective.authorId === me.id)
}

/** Whether to offer what its lead does: publish, close and the like. */
export function offersLife(objective: Objective, me: Me, group: Group | undefined): boolean {
  if (me.role === 'guest') return false
  return me.role === 'administrator' || objective.leadId === me.id || group?.leadId === me.id
}

/** The changes of state that start from where it stands. */
export function lifeVerbsFrom(state: Objective['state']): LifeVerb[] {
  return (Object.keys(LIFE) as LifeVerb[]).filter((verb) => (LIFE[verb].from as readonly string[]).includes(state))
}

/** Who speaks for it, in a line: `Sales, Daniel Okafor`. */
export function byline(group: Group | undefined, lead: Person | undefined, company: string | null): string {
  return [company ?? group?.name, lead?.name].filter(Boolean).join(', ')
}
