import { readFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import { type InputOf, type ProblemDocument, Refused } from '#client/client.ts'
import type { Say } from '#words/words.ts'
import { sender } from './caller.ts'
import { EXIT, Stopped } from './exit.ts'
import { reportLines } from './import-report.ts'
import type { Env, Io } from './io.ts'
import { plainJson } from './plain.ts'
import { brokenLine, lineOfNode, nodesOf } from './published-file.ts'

type Options = { startsOn: string; endsOn: string; dryRun?: boolean; json?: boolean }

/** `import cascade FILE`: a company's goals as it published them. */
export function addImport(program: Command, env: Env, io: Io, say: Say): void {
  program
    .command('import')
    .description(say('cli.noun.import'))
    .command('cascade')
    .description(say('operation.imports.cascade'))
    .argument('<file>', say('cli.import.file'))
    .requiredOption('--starts-on <day>', say('cli.import.starts-on'))
    .requiredOption('--ends-on <day>', say('cli.import.ends-on'))
    .option('--dry-run', say('cli.import.dry-run'))
    .addOption(new Option('--json', say('cli.option.json')))
    .action(async (file: string, options: Options) => {
      const text = await textOf(file)
      const body = {
        cascade: parsed(file, text),
        startsOn: options.startsOn,
        endsOn: options.endsOn,
        dryRun: options.dryRun ?? false,
      }
      const send = await sender(env, io, 'imports.cascade')
      const answer = await send('imports.cascade', body).catch((error: unknown) => {
        throw error instanceof Refused ? new Refused(placed(error.problem, text)) : error
      })
      if (options.json) return io.out(`${plainJson(answer.data)}\n`)
      for (const line of reportLines(answer.data, say, io.columns)) io.out(`${line}\n`)
      if (answer.changeId) io.err(`${say('cli.undo', { change: answer.changeId })}\n`)
    })
}

async function textOf(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\ufeff/, '')
  } catch (error) {
    throw new Stopped(EXIT.noInput, 'cli.import.unreadable', { file, why: (error as Error).message })
  }
}

type Cascade = InputOf<'imports.cascade'>['cascade']

/** What the server needs of the file. Whether it has the right shape is the server's to say. */
function parsed(file: string, text: string): Cascade {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    throw new Stopped(EXIT.invalid, 'cli.import.not-json', { file, line: brokenLine(text) })
  }
  if (typeof content !== 'object' || content === null) throw new Stopped(EXIT.invalid, 'cli.import.no-nodes', { file })
  const { title, org, period, nodes } = content as Cascade
  if (!Array.isArray(nodes)) throw new Stopped(EXIT.invalid, 'cli.import.no-nodes', { file })
  return { title: title ?? undefined, org: org ?? undefined, period: period ?? undefined, nodes: nodes.map(needed) }
}

function needed(node: Cascade['nodes'][number]): Cascade['nodes'][number] {
  if (typeof node !== 'object' || node === null) return node
  const { id, parent_id, type, level, owner, text } = node
  return { id, parent_id, type, level, owner, text }
}

/** Each error with the node and the line of the file that it is about. */
function placed(problem: ProblemDocument, text: string): ProblemDocument {
  const nodes = nodesOf(text)
  const errors = problem.errors?.map((error) => {
    const position = /^\/cascade\/nodes\/(\d+)/.exec(error.pointer)?.[1]
    if (position === undefined) return error
    const node = nodes[Number(position)]
    const line = lineOfNode(text, nodes, Number(position))
    const where = [node?.id !== undefined && `node ${node.id}`, line && `line ${line}`].filter(Boolean).join(', ')
    return where === '' ? error : { ...error, pointer: `${error.pointer} (${where})` }
  })
  return { ...problem, ...(errors && { errors }) }
}
