import { type Command, Option } from 'commander'
import type { Say } from '#words/words.ts'
import { answerLines } from './answer.ts'
import { EXIT, Stopped } from './exit.ts'
import type { Io } from './io.ts'
import { plain, plainJson } from './plain.ts'
import { nounCommand, type Run } from './verbs.ts'

type KeyOptions = {
  name: string
  organization?: string
  role?: string
  scopes?: string
  person?: string
  expiresAt?: string
  remote?: boolean
  json?: boolean
}

/** What is done on the machine itself, over the administration socket: whoever reads the data folder may. */
export function addMachine(program: Command, io: Io, say: Say, run: Run): void {
  // Listed and explained here; started without the command line (main.ts).
  program.command('serve').description(say('cli.serve')).option('--empty', say('cli.serve.empty'))
  nounCommand(program, 'api-keys', say)
    .command('create')
    .description(say('cli.machine.api-keys.create'))
    .option('--name <text>', say('cli.option.key-name'), 'script')
    .option('--organization <id or name>', say('cli.option.organization'))
    .addOption(new Option('--role <role>', say('cli.option.key-role')).choices(['administrator', 'member', 'guest']))
    .option('--scopes <list>', say('cli.option.list-of', { values: 'read, write' }))
    .option('--person <e-mail>', say('cli.option.key-person'))
    .option('--expires-at <instant>', say('cli.option.expires-at'))
    .option('--remote', say('cli.option.remote'))
    .option('--json', say('cli.option.json'))
    .action((options: KeyOptions) => (options.remote ? createKeyRemotely(options, run) : createKey(options, io)))
  program
    .command('sign-in-link')
    .description(say('cli.machine.sign-in-link'))
    .requiredOption('--person <e-mail>', say('cli.option.person'))
    .option('--organization <id or name>', say('cli.option.organization'))
    .option('--json', say('cli.option.json'))
    .action(async ({ json, ...input }: Record<string, unknown>) => {
      const link = (await io.administer('people.sign-in-link', input)) as { url: string }
      io.out(json ? `${plainJson(link)}\n` : `${plain(link.url)}\n`)
    })
  nounCommand(program, 'organizations', say)
    .command('list')
    .description(say('cli.machine.organizations.list'))
    .option('--remote', say('cli.option.remote'))
    .option('--json', say('cli.option.json'))
    .action(async ({ remote, json }: { remote?: boolean; json?: boolean }) => {
      if (remote) return run({ name: 'organizations.list', input: {}, options: { json: json ?? false, all: true } })
      const list = await io.administer('organizations.list', {})
      if (json) return io.out(`${plainJson(list)}\n`)
      for (const line of answerLines(list, say, io.columns)) io.out(`${line}\n`)
    })
}

/** The key stands alone on the output, so that a script can take it. */
async function createKey({ remote: _, json, scopes, ...rest }: KeyOptions, io: Io): Promise<void> {
  if (rest.person && rest.role) throw new Stopped(EXIT.usage, 'cli.person-or-role')
  const input = { ...rest, ...(scopes && { scopes: listOf(scopes) }) }
  const made = (await io.administer('api-keys.create', input)) as { key: string }
  io.out(json ? `${plainJson(made)}\n` : `${plain(made.key)}\n`)
}

async function createKeyRemotely(options: KeyOptions, run: Run): Promise<void> {
  const { name, role, scopes, expiresAt, json } = options
  if (options.person || options.organization) throw new Stopped(EXIT.usage, 'cli.only-on-the-machine')
  const input = {
    name,
    ...(scopes && { scopes: listOf(scopes) }),
    ...(role && { service: { name, role } }),
    ...(expiresAt && { expiresAt }),
  }
  await run({ name: 'api-keys.create', input, options: { json: json ?? false } })
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
}
