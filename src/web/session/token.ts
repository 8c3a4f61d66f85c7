let taken: string | null = null

/** The secret behind the # of a one-time address. It is taken out of the address bar, so that nobody reads it there. */
export function takeToken(): string | null {
  const token = decodeURIComponent(location.hash.replace(/^#/, ''))
  if (token === '') return taken
  taken = token
  history.replaceState(history.state, '', location.pathname)
  return taken
}
