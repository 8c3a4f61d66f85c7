import { Waiting } from '#web/ui/waiting.tsx'
import { useWords } from '#web/words.tsx'

export function PageWaiting() {
  const { say } = useWords()
  return <Waiting label={say('web.waiting')} />
}
