import type { Command } from 'commander'
import type { OutputOf } from '#client/client.ts'
import type { Say } from '#words/words.ts'
import { connected } from './caller.ts'
import { connectionOf, removeProfile, serverUrl, writeProfile } from './connection.ts'
import { EXIT, Stopped } from './exit.ts'
import type { Env, Io } from './io.ts'
import { plain } from './plain.ts'

/** `sign-in` keeps a server and a key for later commands; `sign-out` forgets them. */
export function addSession(program: Command, env: Env, io: Io, say: Say): void {
  program
    .command('sign-in')
    .description(say('cli.sign-in'))
    .option('--url <url>', say('cli.option.url'))
    .requiredOption('--key <key>', say('cli.option.key'))
    .action(async (given: { url?: string; key: string }) => {
      const key = given.key === '-' ? (await io.readInput()).trim() : given.key
      const url = given.url === undefined ? (await connectionOf(env)).url : serverUrl(given.url)
      const me = await whoIs(url, key, io)
      const file = await writeProfile(env, { url, key })
      io.out(`${plain(say('cli.signed-in', { name: nameOf(me), organization: me.organization.name, url, file }))}\n`)
    })
  program
    .command('sign-out')
    .description(say('cli.sign-out'))
    .action(async () => {
      await removeProfile(env)
      io.out(`${say('cli.signed-out')}\n`)
    })
}

/** A key that opens nothing is not kept. */
async function whoIs(url: string, key: string, io: Io): Promise<OutputOf<'me.show'>> {
  // It becomes a header: what cannot stand in one is no key.
  if (!/^[\x21-\x7e]+$/.test(key)) throw new Stopped(EXIT.usage, 'cli.not-a-key')
  return (await connected({ url, key }, io)('me.show', {})).data
}

function nameOf(me: OutputOf<'me.show'>): string {
  return me.person?.name ?? me.id
}
