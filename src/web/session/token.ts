import { useEffect, useState } from 'react'

const KEY = 'throughline-link'

/**
 * The secret behind the # of a one-time address. It is taken out of the address bar, so that nobody reads it there, and
 * kept in this window for the page it is for: loaded again, the page still has it. A whole address pasted where one
 * stands already changes only what is behind the #, and that is heard too.
 */
export function useToken(): string | null {
  const [token, setToken] = useState(takeToken)
  useEffect(() => {
    const hear = () => setToken(takeToken())
    window.addEventListener('hashchange', hear)
    return () => window.removeEventListener('hashchange', hear)
  }, [])
  return token
}

/** Once it has been used up it is of no more use. */
export function forgetToken(): void {
  sessionStorage.removeItem(keyHere())
}

function takeToken(): string | null {
  const token = decoded(location.hash.replace(/^#/, ''))
  if (token === '') return sessionStorage.getItem(keyHere())
  sessionStorage.setItem(keyHere(), token)
  history.replaceState(history.state, '', location.pathname)
  return token
}

function keyHere(): string {
  return `${KEY} ${location.pathname}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
