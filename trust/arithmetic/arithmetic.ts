import assert from 'node:assert/strict'
import { openRandomWorld } from '#test/random-world.ts'
import { each, type Suite } from '../suite.ts'

const COMMANDS = 200

/** The arithmetic alone against the oracle, after every command. */
export const suite: Suite = {
  count: 1000,
  atOnce: 100,
  run: (part) => {
    const counts = { runs: 0, commands: 0, 'figures equal to the last place': 0 }
    return each(part, counts, async (index) => {
      const world = openRandomWorld(part.seed + index)
      for (let command = 1; command <= COMMANDS; command++) {
        const what = world.step()
        const told = world.computed()
        assert.deepEqual(told, world.expected(), `After ${what}`)
        counts.commands++
        counts['figures equal to the last place'] += told.keyResults.length + told.objectives.length
      }
      counts.runs++
    })
  },
}
