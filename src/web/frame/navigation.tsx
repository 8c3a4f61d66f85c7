import { Link } from '@tanstack/react-router'
import { currentCycle } from '#web/cycle/current.ts'
import { useDirectory } from '#web/directory/directory.ts'
import { useMe } from '#web/me/me.ts'
import { Face } from '#web/ui/face.tsx'
import { Logo } from '#web/ui/logo.tsx'
import { useWords } from '#web/words.tsx'
import classes from './frame.module.css'

const PLACES = [
  { to: '/', key: 'web.nav.outline' },
  { to: '/me', key: 'web.nav.me' },
  { to: '/people', key: 'web.nav.people' },
] as const

export function Navigation() {
  const { say } = useWords()
  return (
    <nav className={classes.nav} aria-label={say('web.nav')}>
      <Logo name={say('product.name')} />
      <ul>
        {PLACES.map(({ to, key }) => (
          <li key={to}>
            <Link to={to} activeOptions={{ exact: to === '/', includeSearch: false }}>
              {say(key)}
            </Link>
          </li>
        ))}
      </ul>
      <Foot />
    </nav>
  )
}

function Foot() {
  const { say, day } = useWords()
  const { organization, person, today } = useMe()
  const cycle = currentCycle(useDirectory().cycles, today)
  return (
    <div className={classes.foot}>
      {cycle && (
        <p>
          <b>{cycle.name}</b>
          <br />
          <span className="dim">{say('web.cycle.ends', { day: day(cycle.endsOn) })}</span>
        </p>
      )}
      <Link to="/account" className={classes.who}>
        <Face name={person?.name ?? organization.name} mine />
        <span>
          {person?.name ?? organization.name}
          <span className="unseen">, {say('web.nav.account')}</span>
        </span>
      </Link>
    </div>
  )
}

/** The same places on a phone, under the thumb. */
export function TabBar() {
  const { say } = useWords()
  return (
    <nav className={classes.tabbar} aria-label={say('web.nav')}>
      {[...PLACES, { to: '/account', key: 'web.nav.account' } as const].map(({ to, key }) => (
        <Link key={to} to={to} activeOptions={{ exact: to === '/', includeSearch: false }}>
          {say(key)}
        </Link>
      ))}
    </nav>
  )
}
