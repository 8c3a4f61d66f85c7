import type { Welcome } from '#operations/first-start.ts'
import type { Say } from '#words/words.ts'

/** The ways in, each address alone on its line so that it can be taken whole. */
export function welcomeLines({ setUpUrl, ways }: Welcome, say: Say): string[] {
  if (ways.length === 0) return [say('welcome.empty'), `  ${setUpUrl}`]
  return [
    say('welcome.sample'),
    ...ways.flatMap(({ name, grade, url }) => [`  ${say('welcome.way', { name, grade })}`, `  ${url}`]),
    say('welcome.own'),
    `  ${setUpUrl}`,
  ]
}
