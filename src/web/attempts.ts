/** How one button or form acts: what is said and the key under which the server carries it out once. */
export type Attempts = {
  /** The key to send it under; null while the one before is still under way, however often the button is pressed. */
  begin(said: string): string | null
  end(answered: boolean): void
}

/** Sent again unchanged after an answer that never came, it is the same act; after an answer it is another. */
export function attempts(newKey: () => string): Attempts {
  let underWay = false
  let unanswered: { said: string; key: string } | null = null
  return {
    begin(said) {
      if (underWay) return null
      underWay = true
      if (unanswered?.said !== said) unanswered = { said, key: newKey() }
      return unanswered.key
    },
    end(answered) {
      underWay = false
      if (answered) unanswered = null
    },
  }
}
