/** How the command line reaches the world. */
export type Io = {
  out(text: string): void
  err(text: string): void
  /** The terminal's width; null where the output goes elsewhere and is not cut. */
  columns: number | null
  readInput(): Promise<string>
  fetch: typeof globalThis.fetch
  /** A call over the administration socket of this machine's data folder; throws `Refused` when it is refused. */
  administer(name: string, input: Record<string, unknown>): Promise<unknown>
}

export type Env = Record<string, string | undefined>
