import { Button } from '@mantine/core'
import type { LifeVerb } from '#domain/life.ts'
import { useAct } from '#web/act.ts'
import { lifeVerbsFrom } from '#web/objective/objective.ts'
import { ProblemNote } from '#web/problem/problem-note.tsx'
import { useWords } from '#web/words.tsx'
import classes from './life-buttons.module.css'

type Thing = { id: string; state: Parameters<typeof lifeVerbsFrom>[0]; title: string; version: number }

type Props = {
  noun: 'objectives' | 'key-results'
  thing: Thing
  /** Goes where there is something to see. */
  onDiscarded(): unknown
}

/** What can become of an Objective or a Key Result from here. Each can be undone; nothing asks twice. */
export function LifeButtons({ noun, thing, onDiscarded }: Props) {
  const { say } = useWords()
  const verbs = lifeVerbsFrom(thing.state)
  return (
    <div className={classes.buttons}>
      {verbs.map((verb, index) => (
        <LifeButton
          key={verb}
          noun={noun}
          thing={thing}
          verb={verb}
          main={index === 0 && thing.state === 'draft'}
          label={say(`web.life.${verb}`)}
          onDiscarded={onDiscarded}
        />
      ))}
    </div>
  )
}

function LifeButton({
  noun,
  thing,
  verb,
  main,
  label,
  onDiscarded,
}: Props & { verb: LifeVerb; main: boolean; label: string }) {
  const { say } = useWords()
  const act = useAct(`${noun}.${verb}`)
  return (
    <>
      <Button
        size="xs"
        variant={main ? 'filled' : 'default'}
        loading={act.isPending}
        onClick={() =>
          act.mutate({
            input: { id: thing.id },
            ifMatch: thing.version,
            done: say(`web.life.${verb}.done`, { title: thing.title }),
            ...(verb === 'discard' ? { after: onDiscarded } : {}),
          })
        }
      >
        {label}
      </Button>
      {act.error && (
        <div className={classes.problem}>
          <ProblemNote error={act.error} onRepaired={() => act.reset()} />
        </div>
      )}
    </>
  )
}
