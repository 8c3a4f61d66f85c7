import type { ProblemDocument } from '#client/client.ts'
import { has, type Say } from '#words/words.ts'
import { plain } from './plain.ts'
import { repairLine } from './repair.ts'

/** What the server had against it, in lines: what, why, which fields, and each way out ready to be typed. */
export function problemLines(problem: ProblemDocument, say: Say): string[] {
  const { title, errors = [], repairs = [], etag } = problem
  const version = plain(etag?.replaceAll('"', '') ?? '*')
  // What the API says of headers is said of options here.
  const ours = `cli.problem.${problem.rule}`
  const detail = has(ours) ? say(ours, { version }) : problem.detail
  return [
    plain(title ?? say('cli.problem.without-title', { status: problem.status })),
    ...(detail && detail !== title ? [`  ${plain(detail)}`] : []),
    ...errors.map((error) => `  ${plain(error.pointer)}: ${plain(error.detail)}`),
    ...(etag && !has(ours) ? [`  ${say('cli.problem.version', { version })}`] : []),
    ...(repairs.length > 0 ? [say('cli.problem.repairs', { count: repairs.length })] : []),
    ...repairs.flatMap((repair, index) => [`  ${index + 1}. ${plain(repair.detail)}`, `     ${repairLine(repair)}`]),
  ]
}
