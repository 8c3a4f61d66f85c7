import { UnstyledButton } from '@mantine/core'
import { Key } from '#web/ui/key.tsx'
import { useWords } from '#web/words.tsx'
import classes from './notice.module.css'

export function NoticeText({ text, undo }: { text: string; undo?: () => void }) {
  const { say } = useWords()
  return (
    <span className={classes.notice}>
      <span className={classes.text}>{text}</span>
      {undo && (
        <UnstyledButton className={classes.undo} onClick={undo}>
          {say('web.undo')}
          <Key of={say('web.key.undo')} />
        </UnstyledButton>
      )}
    </span>
  )
}
