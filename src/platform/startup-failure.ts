/** Exit codes of the server. The launcher starts it again after any other one. */
export const EXIT = { configuration: 78, busy: 75, crash: 70 } as const

/** Why the server cannot start, said to the person who starts it: what is wrong, and the way out. */
export class StartupFailure extends Error {
  readonly exitCode: number
  readonly wayOut: string

  constructor(message: string, wayOut: string, exitCode: number = EXIT.configuration) {
    super(message)
    this.wayOut = wayOut
    this.exitCode = exitCode
  }
}
