import type { KeyResult } from '#web/key-result/key-result.ts'
import { ContributionList } from './contribution-list.tsx'
import { useContributionsTo } from './contributions.ts'
import { Shares } from './shares.tsx'

/** How much of a target others have taken, and who. */
export function ContributionsTo({ keyResult }: { keyResult: KeyResult }) {
  const links = useContributionsTo(keyResult)
  if (links.length === 0) return null
  return (
    <>
      <Shares keyResult={keyResult} links={links} />
      <ContributionList keyResult={keyResult} links={links} />
    </>
  )
}
