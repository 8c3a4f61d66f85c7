import { EXIT, StartupFailure } from '#platform/startup-failure.ts'
import { serve } from './serve.ts'

const [verb = 'serve', ...args] = process.argv.slice(2)
if (verb === 'serve') await serve(args).catch(complain)
else complain(new StartupFailure(`There is no verb "${verb}".`, 'Try: throughline serve'))

/** To the person who started us; a defect of ours comes with its trace, and the launcher tries again. */
function complain(error: unknown): void {
  const expected = error instanceof StartupFailure
  console.error(expected ? error.text : error)
  process.exit(expected ? error.exitCode : EXIT.crashed)
}
