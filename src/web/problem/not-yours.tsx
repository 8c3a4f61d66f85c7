import { Title } from '#web/frame/title.tsx'
import { useWords } from '#web/words.tsx'
import classes from './problem-page.module.css'

/** Instead of a form that would be refused in the end: who may fill it in. */
export function NotYours({ who }: { who: readonly (string | undefined)[] }) {
  const { say } = useWords()
  const names = [...new Set(who.filter((name) => name !== undefined))]
  return (
    <section className={classes.page}>
      <Title>{say('web.not-yours.title')}</Title>
      <p className="wide">
        {names.length === 0 ? say('web.not-yours.members') : say('web.not-yours.who', { names: names.join(', ') })}
      </p>
    </section>
  )
}
