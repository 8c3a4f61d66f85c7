import { EXIT, StartupFailure } from '#platform/startup-failure.ts'

const [verb = 'serve', ...args] = process.argv.slice(2)
await run().catch(complain)

/** Each loads only what it needs: a word of the command line is not to wait for a server. */
async function run(): Promise<void> {
  const explained = args.includes('--help') || args.includes('-h')
  if (verb === 'serve' && !explained) return (await import('./serve.ts')).serve(args)
  process.exitCode = await (await import('./command.ts')).command([verb, ...args])
}

/** To the person who started us; a defect of ours comes with its trace, and the launcher tries again. */
function complain(error: unknown): void {
  const expected = error instanceof StartupFailure
  console.error(expected ? error.text : error)
  process.exit(expected ? error.exitCode : EXIT.crashed)
}
