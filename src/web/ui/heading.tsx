import { type ReactNode, useEffect, useRef } from 'react'

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
    if (document.activeElement?.id === 'main') element.current?.focus({ preventScroll: true })
  }, [])
  return (
    <h1 ref={element} tabIndex={-1} className={className}>
      {children ?? title}
    </h1>
  )
}
