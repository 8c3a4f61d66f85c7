import { Button } from '@mantine/core'
import { useWords } from '#web/words.tsx'
import classes from './both-versions.module.css'

export type Difference = { name: string; mine: string; theirs: string }

type Props = { differences: Difference[]; saving: boolean; onKeepMine(): void; onTakeTheirs(): void }

/** Two people wrote at once: both versions side by side, and nobody is overwritten unseen. */
export function BothVersions({ differences, saving, onKeepMine, onTakeTheirs }: Props) {
  const { say } = useWords()
  return (
    <section className={classes.both} role="alert">
      <h2>{say('web.conflict.title')}</h2>
      <p className="sm">{say('web.conflict.text')}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('web.conflict.field')}</th>
            <th scope="col">{say('web.conflict.mine')}</th>
            <th scope="col">{say('web.conflict.theirs')}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ name, mine, theirs }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{mine || say('web.nothing')}</td>
              <td>{theirs || say('web.nothing')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={classes.foot}>
        <Button loading={saving} onClick={onKeepMine}>
          {say('web.conflict.keep-mine')}
        </Button>
        <Button variant="subtle" onClick={onTakeTheirs}>
          {say('web.conflict.take-theirs')}
        </Button>
      </div>
    </section>
  )
}
