import { Command, CommanderError } from 'commander'
import { Refused } from '#client/client.ts'
import { type Say, words } from '#words/words.ts'
import { caller } from './caller.ts'
import { EXIT, exitCodeOf, Stopped } from './exit.ts'
import { addImport } from './import.ts'
import type { Env, Io } from './io.ts'
import { addMachine } from './machine.ts'
import { plain, plainJson, plainLines } from './plain.ts'
import { problemLines } from './problem.ts'
import { addSession } from './session.ts'
import { addVerbs } from './verbs.ts'

/** Carries out one command line; the promise is its exit code. Prints, and never throws for what it can say in words. */
export async function runCli(args: readonly string[], env: Env, io: Io): Promise<number> {
  const say = words()
  const safe: Io = { ...io, err: (text) => io.err(plainLines(text)) }
  try {
    await program(env, safe, say).parseAsync([...args], { from: 'user' })
    return EXIT.done
  } catch (error) {
    return explain(error, args.includes('--json'), safe, say)
  }
}

/** Verbs that have a command of their own, made for the hand rather than derived. */
const BY_HAND = new Set(['imports.cascade', 'api-keys.create', 'organizations.list'])

function program(env: Env, io: Io, say: Say): Command {
  const run = caller(env, io, say)
  const command = new Command('throughline')
    .description(say('cli.description'))
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .addHelpText('after', `\n${say('cli.help.connection')}\n\n${exitCodes(say)}`)
  addSession(command, env, io, say)
  addImport(command, env, io, say)
  addMachine(command, io, say, run)
  addVerbs(command, say, run, BY_HAND)
  return command
}

function exitCodes(say: Say): string {
  const lines = Object.entries(EXIT).map(([name, code]) => `  ${String(code).padStart(2)}  ${say(`cli.exit.${name}`)}`)
  return [say('cli.help.exit-codes'), ...lines].join('\n')
}

function explain(error: unknown, asJson: boolean, io: Io, say: Say): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
  if (error instanceof Refused) {
    const { problem } = error
    io.err(`${asJson ? plainJson(problem) : problemLines(problem, say).join('\n')}\n`)
    return exitCodeOf(problem)
  }
  if (error instanceof Stopped) {
    io.err(`${plain(say(error.reason.key, error.reason.values))}\n`)
    return error.exitCode
  }
  throw error
}
