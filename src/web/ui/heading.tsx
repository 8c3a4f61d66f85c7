import { type ReactNode, useEffect, useRef } from 'react'

// Who opens a window begins at its top.
let first = true

/** The page's sentence: names the window, and is where a reader stands after a change of page. */
export function Heading({
  title,
  product,
  children,
  className,
}: {
  title: string
  product: string
  children?: ReactNode
  className?: string | undefined
}) {
  const element = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = title === product ? title : `${title} · ${product}`
  }, [title, product])
  useEffect(() => {
    const lost = document.activeElement === document.body || document.activeElement?.id === 'main'
    if (!first && lost) element.current?.focus({ preventScroll: true })
    first = false
  }, [])
  return (
    <h1 ref={element} tabIndex={-1} className={className}>
      {children ?? title}
    </h1>
  )
}
