import assert from 'node:assert/strict'
import { parseArgs } from 'node:util'
import { openRandomWorld } from '#test/random-world.ts'

/** The arithmetic alone against the oracle, after every command: `--seed 1 --runs 1000 --commands 200`. */
export async function run(args: string[]): Promise<boolean> {
  const text = (otherwise: number) => ({ type: 'string', default: String(otherwise) }) as const
  const { values } = parseArgs({ args, options: { seed: text(1), runs: text(1000), commands: text(200) } })
  const [first, runs, commands] = [Number(values.seed), Number(values.runs), Number(values.commands)]
  let figures = 0
  for (let seed = first; seed < first + runs; seed++) {
    const world = openRandomWorld(seed)
    for (let command = 1; command <= commands; command++) {
      const what = world.step()
      try {
        const told = world.computed()
        assert.deepEqual(told, world.expected())
        figures += told.keyResults.length + told.objectives.length
      } catch (error) {
        console.error(`Seed ${seed}, command ${command} (${what}):`, error)
        return false
      }
    }
  }
  console.log(`${runs} runs of ${commands} commands, ${figures} figures equal to the last place`)
  return true
}
