import { chance } from '#test/chance.ts'
import type { House } from './house.ts'
import type { Memory } from './memory.ts'
import { draftFor, rendered } from './request.ts'

/** Looks at everything that can be read, as a stranger who has just been given a key. */
export async function explore(
  { document, operations, line }: House,
  memory: Memory,
  key: string | null,
): Promise<void> {
  const reads = operations.filter(({ body, open }) => body === null && !open)
  // First what needs no id, then by the ids that were met.
  for (const operation of reads.toSorted((a, b) => a.params.length - b.params.length)) {
    const draw = chance(1)
    for (let time = 0; time < (operation.params.length === 0 ? 1 : 4); time++) {
      const draft = { ...draftFor({ document, operation, operations, memory, draw }), query: {} }
      const answer = await line.send(rendered(draft), key)
      if (answer.status === 200) memory.learn(operation, draft.params, answer.body)
    }
  }
}
