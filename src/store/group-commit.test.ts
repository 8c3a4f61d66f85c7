import { describe, expect, test } from 'vitest'
import { groupCommit } from './group-commit.ts'

/** A flush that can be held up, and remembers what it was given. */
function held() {
  const groups: { key: string; entries: number[] }[] = []
  const open: (() => void)[] = []
  let most = 0
  const flush = async (key: string, entries: number[]) => {
    groups.push({ key, entries })
    const own = open.length
    await new Promise<void>((resolve) => {
      open[own] = resolve
      most = Math.max(most, groups.length - finished)
    })
    finished++
    return entries.map((entry) => (entry < 0 ? new Error(`No to ${entry}`) : entry * 10))
  }
  let finished = 0
  const release = () => {
    for (const resolve of open.splice(0)) resolve()
  }
  return { flush, groups, release, most: () => most }
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 5))

describe('A group', () => {
  test('holds everybody who came in the same turn', async () => {
    const { flush, groups, release } = held()
    const submit = groupCommit(flush)
    const answers = Promise.all([1, 2, 3].map((entry) => submit('marram', entry)))
    await turn()
    release()
    expect(await answers).toEqual([10, 20, 30])
    expect(groups).toEqual([{ key: 'marram', entries: [1, 2, 3] }])
  })

  test('tells a refusal to its own caller only', async () => {
    const { flush, release } = held()
    const submit = groupCommit(flush)
    const answers = Promise.allSettled([1, -2, 3].map((entry) => submit('marram', entry)))
    await turn()
    release()
    expect((await answers).map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message))).toEqual([
      10,
      'No to -2',
      30,
    ])
  })

  test('that breaks down as a whole is told to all of it, and the next one goes on', async () => {
    let first = true
    const submit = groupCommit(async (_, entries: number[]) => {
      if (first) {
        first = false
        throw new Error('The database went away')
      }
      return entries
    })
    const broken = await Promise.allSettled([submit('marram', 1), submit('marram', 2)])
    expect(broken.map((one) => one.status)).toEqual(['rejected', 'rejected'])
    expect(await submit('marram', 3)).toBe(3)
  })

  test('is never larger than it may be', async () => {
    const { flush, groups, release } = held()
    const submit = groupCommit(flush, { most: 3, flushers: 1 })
    const answers = Promise.all([1, 2, 3, 4, 5, 6, 7].map((entry) => submit('marram', entry)))
    for (let group = 0; group < 3; group++) {
      await turn()
      release()
    }
    expect(await answers).toEqual([10, 20, 30, 40, 50, 60, 70])
    expect(groups.map(({ entries }) => entries)).toEqual([[1, 2, 3], [4, 5, 6], [7]])
  })

  test('belongs to one organization', async () => {
    const { flush, groups, release } = held()
    const submit = groupCommit(flush)
    const answers = Promise.all([submit('marram', 1), submit('strand', 2), submit('marram', 3)])
    await turn()
    release()
    expect(await answers).toEqual([10, 20, 30])
    expect(groups.map(({ key, entries }) => `${key} ${entries}`).toSorted()).toEqual(['marram 1,3', 'strand 2'])
  })
})

test('Groups grow with the load: what comes while two are under way waits for the next, all together', async () => {
  const { flush, groups, release, most } = held()
  const submit = groupCommit(flush, { flushers: 2 })
  const answers: Promise<number>[] = []
  for (let entry = 1; entry <= 6; entry++) {
    answers.push(submit('marram', entry))
    await turn()
  }
  expect(groups.map(({ entries }) => entries)).toEqual([[1], [2]])
  release()
  await turn()
  release()
  expect(await Promise.all(answers)).toEqual([10, 20, 30, 40, 50, 60])
  expect(groups.map(({ entries }) => entries)).toEqual([[1], [2], [3, 4, 5, 6]])
  expect(most()).toBe(2)
})
