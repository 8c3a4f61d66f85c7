/** Exit codes that the launcher takes as final; after any other one it starts the server again. */
export const EXIT = { crashed: 70, busy: 75, configuration: 78 } as const

/** Why the server cannot start, said to the person who starts it: what is wrong, and the way out. */
export class StartupFailure extends Error {
  readonly exitCode: number
  readonly text: string

  constructor(wrong: string, wayOut = '', exitCode: number = EXIT.configuration) {
    super(wrong)
    this.text = [wrong, wayOut].filter(Boolean).join(' ')
    this.exitCode = exitCode
  }
}
