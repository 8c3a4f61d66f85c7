import type { Difference } from '#web/conflict/both-versions.tsx'
import { useDirectory } from '#web/directory/directory.ts'
import { useWords } from '#web/words.tsx'
import type { KeyResultValues } from './key-result-values.ts'

/** Where two versions of a Key Result differ, in words. */
export function useKeyResultDifferences(): (mine: KeyResultValues, theirs: KeyResultValues) => Difference[] {
  const { say, day } = useWords()
  const { person } = useDirectory()
  const dayOf = (text: string) => (text === '' ? '' : day(text, 'year'))
  const fields: [name: string, text: (values: KeyResultValues) => string][] = [
    [say('web.key-result.title'), ({ title }) => title],
    [say('web.measure'), ({ measure }) => say(`web.measure.${measure.kind}`)],
    [say('web.measure.start'), ({ measure }) => measure.start],
    [say('web.measure.baseline'), ({ measure }) => (measure.baseline ? say('web.yes') : '')],
    [say('web.measure.target'), ({ measure }) => measure.target],
    [say('web.measure.at-least'), ({ measure }) => measure.atLeast],
    [say('web.measure.at-most'), ({ measure }) => measure.atMost],
    [say('web.measure.unit'), ({ measure }) => measure.unit],
    [say('web.evidence'), ({ measure }) => measure.evidence],
    [say('web.measure.steps'), ({ measure }) => measure.steps.map(({ title }) => title).join(', ')],
    [say('web.owner'), ({ ownerId }) => person(ownerId)?.name ?? ''],
    [say('web.starts-on'), ({ startsOn }) => dayOf(startsOn)],
    [say('web.deadline'), ({ deadline }) => dayOf(deadline)],
    [say('web.weight'), ({ weight }) => weight],
    [say('web.ambition'), ({ ambition }) => say(`web.ambition.${ambition}`)],
  ]
  return (mine, theirs) =>
    fields
      .map(([name, text]) => ({ name, mine: text(mine), theirs: text(theirs) }))
      .filter((one) => one.mine !== one.theirs)
}
