import { actorId } from '#domain/actor.ts'
import type { KeyResultId, ObjectiveId } from '#domain/id.ts'
import { type Call, type FieldError, type Repair, refuse, type Values } from '#domain/problem.ts'
import { type Hanging, hangingOn } from '#store/hanging.ts'
import type { Alignment, Contribution } from '#store/links.ts'
import type { ObjectiveWithFigures } from '#store/objectives.ts'
import { waysToEnd } from './breaking.ts'
import { type Broken, type Known, knowing } from './broken.ts'
import { endsOf, endsOfContribution, relationsToLink } from './ends.ts'
import type { Context, WriteContext } from './operation.ts'
import { theKeyResult, theObjective } from './resolve.ts'

/**
 * What others have built on an Objective is named before it is taken from under them. What the caller does not see is
 * counted. Where all of it can be taken away by the caller, that and what they wanted is one call; else `otherwise`.
 */
export async function refuseWhatHangs(
  context: WriteContext,
  objective: ObjectiveWithFigures,
  otherwise: () => Promise<Repair[]>,
): Promise<void> {
  const hanging = (await hangingOn(context.tx, [objective.id])).get(objective.id)
  if (hanging === undefined) return
  const links = (await knowing(context, brokenIn(hanging))).filter(isThere)
  const named = links.filter(({ below, above }) => below.seen && above.seen)
  const own = hanging.comments.filter(({ authorId }) => authorId === actorId(context.actor))
  const errors = [...named.map(linkNamed), ...othersNamed(hanging, links.length - named.length)]
  if (errors.length === 0) return
  const stays = hanging.reported.length + hanging.explorations + hanging.comments.length > own.length
  const mayEnd = named.length === links.length && named.every((link) => link.mayEnd)
  const besides = [...(await offerCalls(context, named.filter(isOffer))), ...own.map(({ id }) => commentCall(id))]
  refuse({
    kind: 'refused',
    rule: 'still-needed',
    reason: { key: 'turn-into.hangs', values: { title: objective.title, count: errors.length } },
    errors,
    repairs:
      stays || !mayEnd
        ? await otherwise()
        : await waysToEnd(
            context,
            named.filter((link) => !isOffer(link)),
            besides,
          ),
  })
}

/** A draft out of the caller's sight holds nobody up: it counts towards nothing. */
function isThere({ below }: Known): boolean {
  return below.seen || below.state !== 'draft'
}

function brokenIn({ alignments, alsoSupports, contributions }: Hanging): Broken[] {
  return [
    ...contributions.map((link) => ({ kind: 'contribution' as const, link, rule: 'still-needed' })),
    ...alsoSupports.map((link) => ({ kind: 'also-supports' as const, link, rule: 'still-needed' })),
    ...alignments.map((link) => ({ kind: 'alignment' as const, link, rule: 'still-needed' })),
  ]
}

function isOffer({ link }: Known): boolean {
  return 'state' in link && link.state === 'offered'
}

function linkNamed(known: Known): FieldError {
  const { kind, link, below, above } = known
  const noun = kind === 'contribution' ? 'keyResults' : 'objectives'
  const key = isOffer(known) ? `turn-into.hangs.${kind}-offered` : `breaking.${kind}`
  return { pointer: `/${noun}/${link.fromId}`, reason: { key, values: { below: below.title, above: above.title } } }
}

function othersNamed({ reported, comments, explorations }: Hanging, hidden: number): FieldError[] {
  return [
    ...reported.map(({ id, title }) => said(`/keyResults/${id}`, 'reported', { title })),
    ...(comments.length > 0 ? [said('/comments', 'commented', { count: comments.length })] : []),
    ...(explorations > 0 ? [said('/explorations', 'explored', { count: explorations })] : []),
    ...(hidden > 0 ? [said('/', 'hidden', { count: hidden })] : []),
  ]
}

function said(pointer: string, word: string, values: Values): FieldError {
  return { pointer, reason: { key: `turn-into.hangs.${word}`, values } }
}

/** What was offered to oneself one declines; what one has offered one takes back. */
async function offerCalls(context: Context, offers: readonly Known[]): Promise<Call[]> {
  const calls: Call[] = []
  for (const { kind, link } of offers) {
    if (kind === 'also-supports') continue
    const verb = (await decides(context, kind, link)) ? 'decline' : 'withdraw'
    const place =
      kind === 'alignment' ? `objectives/${link.fromId}/alignment` : `key-results/${link.fromId}/contribution`
    calls.push({ method: 'POST', path: `/v1/${place}/${verb}`, body: {} })
  }
  return calls
}

async function decides(context: Context, kind: 'alignment' | 'contribution', link: Alignment | Contribution) {
  const ends =
    kind === 'alignment'
      ? await endsOf(
          context,
          await theObjective(context, link.fromId as ObjectiveId),
          await theObjective(context, link.toId as ObjectiveId),
        )
      : await endsOfContribution(
          context,
          await theKeyResult(context, link.fromId as KeyResultId),
          await theKeyResult(context, link.toId as KeyResultId),
        )
  return relationsToLink(ends, link).includes('decides')
}

/** What one has said oneself one can take back; what others said is theirs. */
function commentCall(id: string): Call {
  return { method: 'DELETE', path: `/v1/comments/${id}`, headers: { 'if-match': '*' } }
}
