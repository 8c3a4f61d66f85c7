import type { ProblemDocument } from '#client/client.ts'
import type { Say } from '#words/words.ts'
import { plain } from './plain.ts'
import { repairLine } from './repair.ts'

/** What the server had against it, in lines: what, why, which fields, and each way out ready to be typed. */
export function problemLines(problem: ProblemDocument, say: Say): string[] {
  const { title, detail, errors = [], repairs = [], etag } = problem
  return [
    plain(title ?? say('cli.problem.without-title', { status: problem.status })),
    ...(detail && detail !== title ? [`  ${plain(detail)}`] : []),
    ...errors.map((error) => `  ${plain(error.pointer)}: ${plain(error.detail)}`),
    ...(etag ? [`  ${say('cli.problem.version', { version: plain(etag.replaceAll('"', '')) })}`] : []),
    ...(repairs.length > 0 ? [say('cli.problem.repairs', { count: repairs.length })] : []),
    ...repairs.flatMap((repair, index) => [`  ${index + 1}. ${plain(repair.detail)}`, `     ${repairLine(repair)}`]),
  ]
}
