import { type ReactNode, useEffect, useRef } from 'react'
import classes from './flash.module.css'

/** Fades its ground once when `of` changes under the reader's eyes; not when it first appears. */
export function Flash({ of, children }: { of: string | null; children: ReactNode }) {
  const element = useRef<HTMLSpanElement>(null)
  const before = useRef(of)
  useEffect(() => {
    if (before.current === of) return
    before.current = of
    const { current } = element
    current?.removeAttribute('data-changed')
    // Reading a measure makes the browser notice the removal, so that a second change fades anew.
    void current?.offsetWidth
    current?.setAttribute('data-changed', '')
  }, [of])
  return (
    <span ref={element} className={classes.flash}>
      {children}
    </span>
  )
}
