import type { OutputOf } from '#client/client.ts'
import type { Say } from '#words/words.ts'
import { plain } from './plain.ts'
import { tableLines } from './table.ts'

type Report = OutputOf<'imports.cascade'>

/** What became of each node and why, and at the end what it comes to. */
export function reportLines({ lines, ...report }: Report, say: Say, columns: number | null): string[] {
  const rows = lines.map((line) => [
    plain(line.nodeId ?? ''),
    say(`cli.import.becomes.${line.becomes}`),
    short(plain(line.text)),
    line.reasons.map((reason) => plain(say(reason.key, reason.values))).join('; '),
  ])
  const headings = ['node', 'becomes', 'text', 'why'].map((column) => say(`cli.import.column.${column}`))
  return [...tableLines(headings, rows, columns), '', ...totals(report, say)]
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
