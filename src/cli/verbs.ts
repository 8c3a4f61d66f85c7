import { type Command, Option } from 'commander'
import { DECLARATIONS, type OperationName } from '#operations/declared/catalogue.ts'
import type { Declaration } from '#operations/declared/declaration.ts'
import type { Say } from '#words/words.ts'
import { type Field, fieldsOf, inputOf, kebab, optionsOf } from './fields.ts'

/** Carries out a verb with its input and prints what came of it. */
export type Run = (call: {
  name: OperationName
  input: Record<string, unknown>
  options: { json?: boolean; all?: boolean; ifMatch?: string; idempotencyKey?: string }
}) => Promise<void>

/** `throughline <noun> <verb>` for every declared verb; those in `instead` have a command of their own. */
export function addVerbs(program: Command, say: Say, run: Run, instead: ReadonlySet<string>): void {
  for (const declaration of DECLARATIONS) {
    if (instead.has(declaration.name)) continue
    const [noun, verb] = wordsOf(declaration)
    addVerb(nounCommand(program, noun, say), verb, declaration, say, run)
  }
}

/** The command of a noun, made when it is first asked for. */
export function nounCommand(program: Command, noun: string, say: Say): Command {
  const known = program.commands.find((command) => command.name() === noun)
  return (
    known ??
    program
      .command(noun)
      .description(say(`cli.noun.${noun}`))
      .showHelpAfterError()
  )
}

/** `key-results.accept-contribution` is `key-results accept-contribution`. */
function wordsOf(declaration: Declaration): [noun: string, verb: string] {
  const [noun = '', verb = ''] = declaration.name.split('.')
  return [noun, verb]
}

/** What stands in its path, each with the word a person knows it by. */
export function placesOf(declaration: Pick<Declaration, 'path'>): { name: string; word: string }[] {
  return [...declaration.path.matchAll(/(?:([\w-]+)\/)?\{(\w+)\}/g)].map(([, before = '', name = '']) => ({
    name,
    word: name === 'id' ? `${singular(before)}-id` : kebab(name),
  }))
}

function addVerb(parent: Command, verb: string, declaration: Declaration, say: Say, run: Run): void {
  const command = parent.command(verb).description(say(`operation.${declaration.name}`))
  const places = placesOf(declaration)
  for (const place of places) command.argument(`<${place.word}>`)
  const fields = [...fieldsOf(declaration.query), ...fieldsOf(declaration.body)]
  for (const option of fields.flatMap((field) => optionsOf(field, describe(say)))) command.addOption(option)
  addCommonOptions(command, declaration, fields, say)
  command.action(async (...given: unknown[]) => {
    const options = given[places.length] as Record<string, unknown>
    const path = Object.fromEntries(places.map((place, index) => [place.name, given[index]]))
    await run({ name: declaration.name as OperationName, input: { ...path, ...inputOf(fields, options) }, options })
  })
}

function addCommonOptions(command: Command, declaration: Declaration, fields: Field[], say: Say): void {
  if (declaration.ifMatch !== 'none')
    command.option('--if-match <version>', say(`cli.option.if-match.${declaration.ifMatch}`))
  if (declaration.writes && !declaration.public && !declaration.secret)
    command.option('--idempotency-key <key>', say('cli.option.idempotency-key'))
  if (fields.some((field) => field.name === 'cursor')) command.option('--all', say('cli.option.all'))
  command.addOption(new Option('--json', say('cli.option.json')))
}

function describe(say: Say) {
  return (kind: Field['kind'] | 'empty', field: Field) => {
    if (kind === 'list' && field.choices) return say('cli.option.list-of', { values: field.choices.join(', ') })
    if (kind === 'either') return say('cli.option.either', { values: field.choices?.join(', ') ?? '' })
    if (kind === 'text' || kind === 'flag' || kind === 'number') return ''
    return say(`cli.option.kind.${kind}`)
  }
}

function singular(noun: string): string {
  return noun === 'people' ? 'person' : noun.replace(/s$/, '')
}

/** The verb behind a call that the server has handed out, with what stands in its path. */
export function verbOf(call: {
  method: string
  path: string
}): { declaration: Declaration; path: string[] } | undefined {
  const found = DECLARATIONS.flatMap((declaration) => {
    if (declaration.method !== call.method) return []
    const places = placesOf(declaration)
    const pattern = new RegExp(`^${declaration.path.replaceAll(/\{\w+\}/g, '([^/?]+)')}$`)
    const match = pattern.exec(call.path)
    return match ? [{ declaration, path: match.slice(1), places: places.length }] : []
  })
  return found.sort((a, b) => a.places - b.places)[0]
}
