import { Writable } from 'node:stream'
import type { Config } from './config.ts'

type Entry = { time: number; level: number; msg?: string; err?: { stack?: string; message?: string } }

const LEVELS: Record<number, string> = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warning', 50: 'error', 60: 'fatal' }

/** A person at a terminal reads short lines; a log collector gets the whole entries, as JSON. */
export function logOptions(level: Config['logLevel'], output: NodeJS.WriteStream) {
  return { level, stream: output.isTTY ? shortLines(output) : output }
}

/** `14:03:07 warning The database answers again.` */
export function shortLine(entry: Entry): string {
  const time = new Date(entry.time).toTimeString().slice(0, 8)
  const what = [entry.msg, entry.err?.stack ?? entry.err?.message].filter(Boolean).join('\n')
  return `${time} ${LEVELS[entry.level] ?? entry.level} ${what}\n`
}

function shortLines(output: NodeJS.WriteStream): Writable {
  return new Writable({
    decodeStrings: false,
    write(line: string, _, done) {
      output.write(shortLine(JSON.parse(line) as Entry), done)
    },
  })
}
