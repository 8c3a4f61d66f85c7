import { Outlet, useRouterState, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { useLive } from '#web/live/live.ts'
import { useMe } from '#web/me/me.ts'
import { Logo } from '#web/ui/logo.tsx'
import { useWords, WordsProvider } from '#web/words.tsx'
import { Connection } from './connection.tsx'
import classes from './frame.module.css'
import { Navigation, TabBar } from './navigation.tsx'

const CheckInPanel = lazy(async () => ({ default: (await import('#web/check-in/check-in-panel.tsx')).CheckInPanel }))

/** What stays while pages change: where one is, where one can go, and the panel that lies over any of them. */
export function Frame() {
  const me = useMe()
  const { checkIn, corrects } = useSearch({ from: '/in' })
  useLive()
  return (
    <WordsProvider wished={me.person?.locale} timeZone={me.organization.timeZone} today={me.today}>
      <div className={classes.app}>
        <SkipLink />
        <Navigation />
        <TopBar />
        <Main />
        <TabBar />
      </div>
      <Suspense>
        {checkIn && (
          <CheckInPanel key={checkIn + (corrects ?? '')} keyResultId={checkIn} correctsId={corrects ?? null} />
        )}
      </Suspense>
    </WordsProvider>
  )
}

function SkipLink() {
  const { say } = useWords()
  return (
    <a className={classes.skip} href="#main">
      {say('web.skip')}
    </a>
  )
}

function TopBar() {
  const { say } = useWords()
  return (
    <header className={classes.topbar}>
      <Logo name={say('product.name')} />
    </header>
  )
}

/** Takes the focus when the page changes, until the page's heading is there to take it. */
function Main() {
  const main = useRef<HTMLElement>(null)
  // Where one has arrived: while a page is on its way, the one before it still stands.
  const pathname = useRouterState({ select: (state) => (state.resolvedLocation ?? state.location).pathname })
  const before = useRef(pathname)
  useEffect(() => {
    if (before.current === pathname) return
    before.current = pathname
    const heading = main.current?.querySelector('h1')
    ;(heading ?? main.current)?.focus({ preventScroll: true })
  }, [pathname])
  return (
    <main ref={main} id="main" tabIndex={-1} className={classes.main}>
      <Connection />
      <Outlet />
    </main>
  )
}
