import { StartupFailure } from './startup-failure.ts'

/** Why a database of one's own does not let us in, said to whoever starts the server; null where it is another matter. */
export function unreachable(error: unknown, url: string): StartupFailure | null {
  const { hostname, port, username, pathname } = new URL(url)
  const at = `${hostname || 'localhost'}:${port || 5432}`
  const said = (wrong: string, wayOut: string) => new StartupFailure(`DATABASE_URL: ${wrong}`, wayOut)
  switch (codeOf(error)) {
    case 'ECONNREFUSED':
      return said(`nothing listens at ${at}.`, `Start PostgreSQL there, or leave it out for the embedded one.`)
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return said(`there is no host ${hostname}.`, 'Correct its name, or leave it out for the embedded database.')
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return said(`${at} does not answer.`, 'Correct the address, or open the way to it.')
    case '28P01':
    case '28000':
      return said(`${at} does not let ${decodeURIComponent(username)} in.`, 'Correct the user or the password.')
    case '3D000':
      return said(`at ${at} there is no database ${pathname.slice(1)}.`, 'Make it, or correct its name.')
    default:
      return null
  }
}

/** A name with several addresses fails with one error for each. */
function codeOf(error: unknown): string | undefined {
  const { code, errors } = error as { code?: string; errors?: { code?: string }[] }
  return code ?? errors?.[0]?.code
}
