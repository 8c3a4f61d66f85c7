import { Drawer } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { ask } from '#web/ask.ts'
import { useDirectory } from '#web/directory/directory.ts'
import { Aim } from '#web/key-result/figures.tsx'
import { isMine } from '#web/key-result/key-result.ts'
import { useMe } from '#web/me/me.ts'
import { ProblemNote } from '#web/problem/problem-note.tsx'
import { Key } from '#web/ui/key.tsx'
import { Waiting } from '#web/ui/waiting.tsx'
import { useWords } from '#web/words.tsx'
import { latest } from './check-in.ts'
import { CheckInForm } from './check-in-form.tsx'
import classes from './check-in-panel.module.css'

type Props = { keyResultId: string; correctsId: string | null }

/** Lies over any page; its address is the page's, with the Key Result added. */
export function CheckInPanel({ keyResultId, correctsId }: Props) {
  const { say } = useWords()
  const navigate = useNavigate()
  useFocusBack()
  const close = () => void navigate({ to: '.', search: ({ checkIn: _, corrects: __, ...rest }) => rest })
  return (
    <Drawer.Root
      opened
      onClose={close}
      lockScroll={false}
      classNames={{ content: classes.panel, body: classes.body, overlay: classes.scrim }}
      position="right"
      size={624}
      transitionProps={{ duration: 160 }}
    >
      <Drawer.Overlay backgroundOpacity={0} />
      <Drawer.Content>
        <Drawer.Body>
          <Panel keyResultId={keyResultId} correctsId={correctsId} onClose={close} closeWord={say('web.close')} />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}

function Panel({ keyResultId, correctsId, onClose, closeWord }: Props & { onClose(): void; closeWord: string }) {
  const { say } = useWords()
  const me = useMe()
  const { person } = useDirectory()
  const keyResult = useQuery(ask('key-results.show', { id: keyResultId as never }))
  const checkIns = useQuery(ask('check-ins.list', { id: keyResultId as never, limit: 50 }))
  const corrects = checkIns.data?.items.find(({ id }) => id === correctsId) ?? null
  const owner = keyResult.data && !isMine(keyResult.data, me) ? person(keyResult.data.ownerId)?.name : undefined
  return (
    <>
      <div className={classes.head}>
        <span className="dim sm">
          {corrects
            ? say('web.check-in.correcting')
            : owner
              ? say('web.check-in.for', { name: owner })
              : say('web.check-in')}
        </span>
        <button type="button" className={classes.close} onClick={onClose}>
          {closeWord} <Key of={say('web.key.close')} />
        </button>
      </div>
      <Drawer.Title className={classes.title}>{keyResult.data?.title ?? say('web.check-in')}</Drawer.Title>
      <ProblemNote error={keyResult.error ?? checkIns.error} />
      {(keyResult.isPending || checkIns.isPending) && <Waiting label={say('web.waiting')} />}
      {keyResult.data && checkIns.data && (
        <>
          <p className={classes.aim}>
            <Aim keyResult={keyResult.data} long />
          </p>
          <CheckInForm
            keyResult={keyResult.data}
            last={latest(checkIns.data.items)}
            corrects={corrects}
            onClose={onClose}
          />
        </>
      )}
    </>
  )
}

/** When the panel goes, the focus returns to what opened it. */
function useFocusBack(): void {
  const [opener] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      requestAnimationFrame(
        () => opener instanceof HTMLElement && opener.isConnected && opener.focus({ preventScroll: true }),
      )
    },
    [opener],
  )
}
