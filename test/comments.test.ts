import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CheckInId, CommentId, KeyResultId, ObjectiveId } from '#domain/id.ts'
import { type Hearer, newsFor } from '#operations/event-news.ts'
import { type Company, openCompany } from './company.ts'
import { idOf, keyResult, objective } from './goals.ts'
import { type Caller, refused } from './harness.ts'

let marram: Company
beforeAll(async () => {
  marram = await openCompany()
})
afterAll(() => marram.close())

const group = (more: Partial<Parameters<typeof objective>[1]> = {}) =>
  objective(marram.hanna, { level: 'group', cycleId: marram.cycles.quarter, ...more })
const privately = (viewers: Caller[] = []) => group({ visibility: 'named', viewerIds: viewers.map(idOf) })
const said = (comments: { text: string | null }[]) => comments.map(({ text }) => text)

describe('A thread', () => {
  test('stands on an Objective, a Key Result and a check-in, each apart, in the order in which it was written', async () => {
    const { hanna, ben, noor } = marram
    const home = await group()
    const key = await keyResult(hanna, home)
    const report = await hanna.call('check-ins.make', { id: key, value: 60000 })
    await ben.call('objectives.comment', { id: home, text: 'Why this one?' })
    await ben.call('key-results.comment', { id: key, text: 'Who counts?' })
    const first = await noor.call('check-ins.comment', { id: report.id, text: 'What a week!' })
    await hanna.call('check-ins.comment', { id: report.id, text: '  It was the rain.\nAnd luck.  ' })
    expect(first).toMatchObject({
      objectiveId: null,
      keyResultId: key,
      checkInId: report.id,
      authorId: idOf(noor),
      inReplyToId: null,
      editedAt: null,
      deletedAt: null,
      version: 1,
    })
    expect(said((await ben.call('objectives.comments', { id: home })).items)).toEqual(['Why this one?'])
    expect(said((await ben.call('key-results.comments', { id: key })).items)).toEqual(['Who counts?'])
    expect(said((await ben.call('check-ins.comments', { id: report.id })).items)).toEqual([
      'What a week!',
      'It was the rain.\nAnd luck.',
    ])
    expect(await ben.call('comments.show', { id: first.id })).toEqual(first)
  })

  test('comes in pages', async () => {
    const id = await group()
    for (const text of ['one', 'two', 'three']) await marram.ben.call('objectives.comment', { id, text })
    const begin = await marram.ben.call('objectives.comments', { id, limit: 2 })
    expect(said(begin.items)).toEqual(['one', 'two'])
    const end = await marram.ben.call('objectives.comments', { id, limit: 2, cursor: begin.nextCursor as string })
    expect([said(end.items), end.nextCursor]).toEqual([['three'], null])
  })

  test('has answers, to what stands in the same one', async () => {
    const { hanna, ben } = marram
    const home = await group()
    const key = await keyResult(hanna, home)
    const asked = await ben.call('objectives.comment', { id: home, text: 'Why?' })
    const answer = await hanna.call('objectives.comment', { id: home, text: 'Because.', inReplyToId: asked.id })
    expect(answer.inReplyToId).toBe(asked.id)
    const elsewhere = { id: key, text: 'Because.', inReplyToId: asked.id }
    const nowhere = { ...elsewhere, inReplyToId: home as string as CommentId }
    for (const input of [elsewhere, nowhere])
      expect((await refused(hanna.call('key-results.comment', input))).errors).toEqual([
        { pointer: '/inReplyToId', reason: { key: 'comment.in-reply-to.other', values: {} } },
      ])
  })

  test('goes on when what it is about is closed', async () => {
    const id = await group()
    await marram.hanna.call('objectives.close', { id })
    await marram.ben.call('objectives.comment', { id, text: 'Well done' })
    expect((await marram.ben.call('objectives.comments', { id })).items).toHaveLength(1)
  })

  test('is written by every member, and read by guests', async () => {
    const id = await group()
    await marram.service('member').call('objectives.comment', { id, text: 'The build is green' })
    const guest = marram.service('guest')
    expect((await guest.call('objectives.comments', { id })).items).toHaveLength(1)
    expect((await refused(guest.call('objectives.comment', { id, text: 'Hello' }))).kind).toBe('forbidden')
  })

  test.each([
    ['nothing', ''],
    ['nothing but space', ' \n\t '],
    ['more than there is room for', 'a'.repeat(5001)],
    ['what cannot be seen', 'a\u0000b'],
  ])('takes no %s', async (_, text) => {
    const no = await refused(marram.ben.call('objectives.comment', { id: marram.objectives.growth, text }))
    expect(no).toMatchObject({ kind: 'invalid', errors: [{ pointer: '/text' }] })
  })

  test('takes what is sent again under its key once', async () => {
    const id = await group()
    const send = () =>
      marram.ben.send('objectives.comment', { id, text: 'Once only' }, { idempotencyKey: `comment ${id}` })
    expect((await send()).data).toEqual((await send()).data)
    expect((await marram.ben.call('objectives.comments', { id })).items).toHaveLength(1)
  })
})

describe('A comment', () => {
  const written = async (text = 'It will be tight') =>
    marram.ben.call('objectives.comment', { id: await group(), text })

  test('is edited by its author alone, and shows it', async () => {
    const { ben, hanna, ingrid } = marram
    const { id } = await written()
    const edited = await ben.call('comments.edit', { id, text: 'It will be very tight' }, { ifMatch: 1 })
    expect(edited).toMatchObject({ text: 'It will be very tight', version: 2 })
    expect(edited.editedAt).not.toBeNull()
    for (const other of [hanna, ingrid, marram.administrator])
      expect((await refused(other.call('comments.edit', { id, text: 'It will not' }))).kind).toBe('forbidden')
    const stale = await refused(ben.call('comments.edit', { id, text: 'Or not' }, { ifMatch: 1 }))
    expect(stale).toMatchObject({ rule: 'stale', details: { current: { text: 'It will be very tight' } } })
    expect((await refused(ben.call('comments.edit', { id, text: 'x' }, { ifMatch: undefined }))).rule).toBe(
      'if-match-required',
    )
  })

  test('to which nothing is changed is not edited', async () => {
    const { ben } = marram
    const { id } = await written()
    const same = await ben.send('comments.edit', { id, text: 'It will be tight ' })
    expect([same.data.editedAt, same.data.version, same.changeId]).toEqual([null, 1, null])
  })

  test('is deleted by its author: the text goes, the place in the thread stays, and answers with it', async () => {
    const { ben, hanna } = marram
    const { id, objectiveId } = await written()
    const home = objectiveId as ObjectiveId
    await hanna.call('objectives.comment', { id: home, text: 'It always is', inReplyToId: id })
    const mentioned = await ben.call('comments.edit', { id, mentionIds: [idOf(hanna)] })
    expect(mentioned.mentionIds).toEqual([idOf(hanna)])
    await ben.call('comments.delete', { id })
    const [gone, answer] = (await hanna.call('objectives.comments', { id: home })).items
    expect(gone).toMatchObject({ id, text: null, mentionIds: [], deletedById: idOf(ben) })
    expect(gone?.deletedAt).not.toBeNull()
    expect(answer).toMatchObject({ text: 'It always is', inReplyToId: id })
    const again = [() => ben.call('comments.delete', { id }), () => ben.call('comments.edit', { id, text: 'Back' })]
    for (const attempt of again)
      expect(await refused(attempt())).toMatchObject({ rule: 'life', reason: { key: 'rule.life.deleted' } })
  })

  test('is deleted by an administrator, who shows, and by nobody else', async () => {
    const { id } = await written('Something rude')
    for (const other of [marram.hanna, marram.maya, marram.service('member')])
      expect((await refused(other.call('comments.delete', { id }))).kind).toBe('forbidden')
    expect(await marram.ingrid.call('comments.delete', { id })).toMatchObject({ deletedById: idOf(marram.ingrid) })
  })

  test('once answered is not undone by whoever wrote it', async () => {
    const { ben, hanna } = marram
    const home = await group()
    const sent = await ben.send('objectives.comment', { id: home, text: 'Why?' })
    await hanna.call('objectives.comment', { id: home, text: 'Because.', inReplyToId: sent.data.id })
    const no = await refused(ben.call('changes.undo', { id: sent.changeId as never }))
    expect(no).toMatchObject({ kind: 'conflict', rule: 'touched-since' })
    expect((await refused(hanna.call('changes.undo', { id: sent.changeId as never }))).kind).toBe('forbidden')
  })
})

describe('A mention', () => {
  test('names people who see the place, each once', async () => {
    const { ben, hanna, noor } = marram
    const id = await group()
    const mentionIds = [idOf(hanna), idOf(noor), idOf(hanna)]
    const made = await ben.call('objectives.comment', { id, text: 'Look', mentionIds })
    expect(made.mentionIds).toEqual([idOf(hanna), idOf(noor)])
  })

  test('of nobody, or of who has left, is refused beside its field', async () => {
    const { ben, ingrid, objectives } = marram
    const { id: gone } = await ingrid.call('people.create', { name: 'Ida Berg', leftOn: '2026-01-31' })
    const mention = (who: string) =>
      refused(
        ben.call('objectives.comment', {
          id: objectives.growth,
          text: 'Look',
          mentionIds: [idOf(marram.hanna), who as typeof gone],
        }),
      )
    expect((await mention(objectives.growth)).errors).toEqual([
      { pointer: '/mentionIds/1', reason: { key: 'field.names-nothing', values: {} } },
    ])
    expect((await mention(gone)).errors).toEqual([
      { pointer: '/mentionIds/1', reason: { key: 'field.person-left', values: { name: 'Ida Berg' } } },
    ])
  })

  test('of somebody who does not see it is refused beside its field, wherever it stands', async () => {
    const { hanna, ben, aisha } = marram
    const home = await privately([aisha])
    const key = await keyResult(hanna, home)
    const report = await hanna.call('check-ins.make', { id: key, value: 60000 })
    const open = await group()
    const draft = await keyResult(hanna, open, { draft: true })
    const more = { text: 'Look', mentionIds: [idOf(aisha), idOf(ben)] }
    const attempts = [
      () => hanna.call('objectives.comment', { id: home, ...more }),
      () => hanna.call('key-results.comment', { id: key, ...more }),
      () => hanna.call('check-ins.comment', { id: report.id, ...more }),
    ]
    for (const attempt of attempts)
      expect((await refused(attempt())).errors).toEqual([
        { pointer: '/mentionIds/1', reason: { key: 'comment.mention.sees-not', values: { name: 'Ben Carver' } } },
      ])
    const onDraft = { id: draft, text: 'Look', mentionIds: [idOf(ben)] }
    expect((await refused(hanna.call('key-results.comment', onDraft))).errors?.[0]?.pointer).toBe('/mentionIds/0')
    await hanna.call('key-results.comment', { id: draft, text: 'Look', mentionIds: [idOf(marram.daniel)] })
    await hanna.call('objectives.comment', { id: home, text: 'Look', mentionIds: [idOf(aisha)] })
  })

  test('stays when the comment is edited, also of who does not see it any more', async () => {
    const { hanna, aisha, ben } = marram
    const home = await privately([aisha])
    const { id } = await hanna.call('objectives.comment', { id: home, text: 'Look', mentionIds: [idOf(aisha)] })
    await hanna.call('objectives.edit', { id: home, viewerIds: [], reason: 'For ourselves' })
    const edit = (mentionIds: (typeof marram.people.ben)[]) => hanna.call('comments.edit', { id, mentionIds })
    expect((await edit([idOf(aisha)])).mentionIds).toEqual([idOf(aisha)])
    expect((await refused(edit([idOf(aisha), idOf(ben)]))).errors?.[0]?.pointer).toBe('/mentionIds/1')
  })
})

describe('Where somebody sees nothing, they neither read nor write, and do not learn that anything is said', () => {
  let home: ObjectiveId
  let key: KeyResultId
  let report: CheckInId
  let draft: KeyResultId
  const comments: CommentId[] = []
  beforeAll(async () => {
    const { hanna } = marram
    home = await privately()
    key = await keyResult(hanna, home)
    report = (await hanna.call('check-ins.make', { id: key, value: 60000 })).id
    draft = await keyResult(hanna, await group(), { draft: true })
    comments.push((await hanna.call('objectives.comment', { id: home, text: 'Among us' })).id)
    comments.push((await hanna.call('key-results.comment', { id: key, text: 'Among us' })).id)
    comments.push((await hanna.call('check-ins.comment', { id: report, text: 'Among us' })).id)
    comments.push((await hanna.call('key-results.comment', { id: draft, text: 'Among us' })).id)
  })

  test('not found, all of it', async () => {
    const { ben } = marram
    const text = 'Hello'
    const attempts = [
      () => ben.call('objectives.comments', { id: home }),
      () => ben.call('key-results.comments', { id: key }),
      () => ben.call('key-results.comments', { id: draft }),
      () => ben.call('check-ins.comments', { id: report }),
      () => ben.call('objectives.comment', { id: home, text }),
      () => ben.call('key-results.comment', { id: key, text }),
      () => ben.call('key-results.comment', { id: draft, text }),
      () => ben.call('check-ins.comment', { id: report, text }),
      ...comments.flatMap((id) => [
        () => ben.call('comments.show', { id }),
        () => ben.call('comments.edit', { id, text }),
        () => ben.call('comments.delete', { id }),
      ]),
    ]
    for (const attempt of attempts) expect((await refused(attempt())).kind).toBe('not-found')
  })

  test('not even to administrators, of a draft', async () => {
    const [onPrivate, , , onDraft] = comments as [CommentId, CommentId, CommentId, CommentId]
    expect((await marram.administrator.call('comments.show', { id: onPrivate })).text).toBe('Among us')
    expect((await refused(marram.administrator.call('comments.delete', { id: onDraft }))).kind).toBe('not-found')
  })

  test('in the activity and in the events, which tell of comments under the Objective where they stand', async () => {
    const { hanna, ben, drain } = marram
    const open = await group()
    const openKey = await keyResult(hanna, open)
    const spoken = [
      await hanna.call('objectives.comment', { id: open, text: 'Hear, hear' }),
      await hanna.call('key-results.comment', { id: openKey, text: 'Hear, hear' }),
    ]
    await drain()
    const heard = async (who: Caller) =>
      (await who.call('activity.list', { limit: 200 })).items
        .filter(({ noun }) => noun === 'comment')
        .map((one) => one.nounId)
    const [theirs, hers] = [await heard(ben), await heard(hanna)]
    for (const { id } of spoken) expect(theirs).toContain(id)
    for (const id of comments) {
      expect(theirs).not.toContain(id)
      expect(hers).toContain(id)
    }
    const told = await marram.store.read(marram.id, async (tx) => {
      const [everyone, hidden] = [ben, hanna].map(({ actor }) => ({ actor, position: 0 })) as [Hearer, Hearer]
      const { news } = await newsFor(tx, [everyone, hidden], 10_000)
      return [everyone, hidden].map((one) => news.get(one)?.changes.filter(({ noun }) => noun === 'comment') ?? [])
    })
    const [news, herNews] = told.map((changes) => changes.map(({ id }) => id)) as [string[], string[]]
    for (const { id } of spoken) expect(news).toContain(id)
    for (const id of comments) expect([news.includes(id), herNews.includes(id)]).toEqual([false, true])
    expect(told[0]?.find(({ id }) => id === spoken[1]?.id)).toMatchObject({
      operation: 'key-results.comment',
      objectiveId: open,
    })
    const here = (await ben.call('activity.list', { objectiveId: open })).items.filter(({ noun }) => noun === 'comment')
    expect(here).toMatchObject([
      { operation: 'key-results.comment', fields: expect.arrayContaining(['text']) },
      { operation: 'objectives.comment' },
    ])
  })
})
