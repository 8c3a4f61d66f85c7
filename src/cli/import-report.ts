import type { OutputOf } from '#client/client.ts'
import type { Say } from '#words/words.ts'
import { plain } from './plain.ts'
import { repairLine } from './repair.ts'
import { tableLines } from './table.ts'

type Report = OutputOf<'imports.cascade'>
type Repair = Report['lines'][number]['repairs'][number]

/** What became of each node and why, and at the end what it comes to. */
export function reportLines({ lines, ...report }: Report, say: Say, columns: number | null): string[] {
  const rows = lines.map((line) => [
    plain(line.nodeId ?? ''),
    say(`cli.import.becomes.${line.becomes}`),
    short(plain(line.text)),
    line.reasons.map((reason) => plain(say(reason.key, reason.values))).join('; '),
  ])
  const headings = ['node', 'becomes', 'text', 'why'].map((column) => say(`cli.import.column.${column}`))
  return [...tableLines(headings, rows, columns), ...waysOut(lines, say), '', ...totals(report, say)]
}

/** After the table, since lines to type are never cut: a node each, with what a number stands for said once. */
function waysOut(lines: Report['lines'], say: Say): string[] {
  const stood = lines.filter((line) => line.repairs.length > 0)
  if (stood.length === 0) return []
  return [
    '',
    say('cli.import.stood-under', { count: stood.length }),
    ...WAYS.map((way, at) => `  ${at + 1}. ${say(`cli.import.way.${way}`)}`),
    ...stood.flatMap((line) => [
      `${plain(line.nodeId ?? '')}  ${short(plain(line.text))}`,
      ...line.repairs.map((repair) => `  ${numberOf(repair)}. ${repairLine(repair)}`),
    ]),
  ]
}

const WAYS = ['align-to-its-objective', 'turn-into-key-result', 'explore']

function numberOf({ reason }: Repair): number {
  return WAYS.findIndex((way) => reason.key.startsWith(`repair.${way}`)) + 1
}

function totals({ dryRun, made, alreadyThere, leftOut, cycle }: Omit<Report, 'lines'>, say: Say): string[] {
  const counts: [string, number][] = [...Object.entries(made), ['alreadyThere', alreadyThere], ['leftOut', leftOut]]
  const parts = counts
    .filter(([, count]) => count > 0)
    .map(([what, count]) => say(`cli.import.count.${what}`, { count }))
  const cycleLine = say('cli.import.cycle', { name: cycle.name, startsOn: cycle.startsOn, endsOn: cycle.endsOn })
  const anything = Object.values(made).some((count) => count > 0)
  const outcome = !anything ? 'cli.import.nothing-new' : dryRun ? 'cli.import.would-make' : 'cli.import.made'
  return [plain(cycleLine), say(outcome, { parts: parts.join(', ') })]
}

/** Enough to know it again; the whole text is in the file and in the JSON. */
function short(text: string): string {
  const letters = [...text]
  return letters.length > 60 ? `${letters.slice(0, 59).join('')}…` : text
}
