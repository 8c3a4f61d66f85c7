import type { ReactNode } from 'react'
import { Heading } from '#web/ui/heading.tsx'
import { useWords } from '#web/words.tsx'

/** A page's sentence. `children` is its plain text, which also names the window, unless `name` does. */
export function Title({
  children,
  name,
  className,
}: {
  children: ReactNode
  name?: string
  className?: string | undefined
}) {
  const { say } = useWords()
  return (
    <Heading title={name ?? String(children)} product={say('product.name')} className={className}>
      {children}
    </Heading>
  )
}
