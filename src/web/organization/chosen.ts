const KEY = 'throughline-organization'

/** Which of one's organizations this browser looks at; null leaves it to the server. */
export function chosenOrganization(): string | null {
  return localStorage.getItem(KEY)
}

export function chooseOrganization(id: string | null): void {
  if (id === null) localStorage.removeItem(KEY)
  else localStorage.setItem(KEY, id)
}
