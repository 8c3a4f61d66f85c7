// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be windowed
// biome-ignore-all lint/a11y/useFocusableInteractive: rows have the focus, as the tree grid pattern allows
import { useNavigate } from '@tanstack/react-router'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useDirectory } from '#web/directory/directory.ts'
import { offersCheckIn } from '#web/key-result/key-result.ts'
import { useMe } from '#web/me/me.ts'
import { useWords } from '#web/words.tsx'
import { Cell } from './cell.tsx'
import { Gutter } from './gutter.tsx'
import classes from './outline.module.css'
import { Cells, RowTitle } from './outline-row.tsx'
import type { Row } from './rows.ts'
import { stepFor } from './step.ts'

const HEIGHT = { section: 52, objective: 62, 'key-result': 45 }
const PAGE = 12
const COLUMNS = ['title', 'who', 'line', 'now', 'sure', 'state'] as const

type Props = { rows: Row[]; onFold(id: string, unfolded: boolean): void }

/** Rows in a window: only what is near the eye exists, however many there are. */
export function OutlineGrid({ rows, onFold }: Props) {
  const { say } = useWords()
  const directory = useDirectory()
  const me = useMe()
  const grid = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState<string | null>(null)
  const [margin, setMargin] = useState(0)
  useEffect(() => setMargin(grid.current?.offsetTop ?? 0), [])
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (index) => HEIGHT[rows[index]?.branch.kind ?? 'objective'],
    getItemKey: (index) => rows[index]?.branch.id ?? index,
    overscan: 8,
    scrollMargin: margin,
  })
  const shown = virtualizer.getVirtualItems()
  const stop = shown.some(({ index }) => rows[index]?.branch.id === active)
    ? active
    : rows[shown[0]?.index ?? 0]?.branch.id
  const { onKeyDown, focusRow } = useKeys({
    rows,
    onFold,
    grid,
    bringUp: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  })

  return (
    <div
      ref={grid}
      role="treegrid"
      className={classes.grid}
      aria-label={say('web.outline.label')}
      aria-rowcount={rows.length + 1}
      onKeyDown={onKeyDown}
    >
      <div role="row" aria-rowindex={1} className={classes.head}>
        {COLUMNS.map((column) => (
          <span key={column} role="columnheader" className={classes[column]}>
            {say(`web.outline.column.${column}`)}
          </span>
        ))}
      </div>
      <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
        {shown.map(({ index, start }) => {
          const row = rows[index]
          if (!row) return null
          const { branch, expanded } = row
          return (
            <div
              key={branch.id}
              ref={virtualizer.measureElement}
              data-index={index}
              data-id={branch.id}
              data-kind={branch.kind}
              data-top={row.level === 1 || undefined}
              role="row"
              tabIndex={branch.id === stop ? 0 : -1}
              aria-rowindex={index + 2}
              aria-level={row.depth}
              aria-posinset={row.position}
              aria-setsize={row.siblings}
              aria-expanded={expanded ?? undefined}
              aria-keyshortcuts={branch.kind === 'key-result' && offersCheckIn(branch.keyResult, me) ? 'U' : undefined}
              className={classes.row}
              style={{ translate: `0 ${start - margin}px`, '--level': row.level } as CSSProperties}
              onFocus={() => setActive(branch.id)}
            >
              <Cell className={classes.title}>
                <Gutter row={row} />
                {expanded !== null && (
                  <button
                    type="button"
                    tabIndex={-1}
                    className={classes.fold}
                    aria-label={say(expanded ? 'web.outline.fold' : 'web.outline.unfold')}
                    onClick={() => {
                      onFold(branch.id, !expanded)
                      focusRow(index)
                    }}
                  />
                )}
                <span className={classes.words}>
                  <RowTitle row={row} directory={directory} />
                </span>
              </Cell>
              <Cells row={row} me={me} directory={directory} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

type KeysOf = Props & { grid: React.RefObject<HTMLDivElement | null>; bringUp(index: number): void }

/** Arrows walk and fold, Enter opens, U reports. */
function useKeys({ rows, onFold, grid, bringUp }: KeysOf) {
  const navigate = useNavigate()
  const me = useMe()

  function focusRow(index: number, frames = 20) {
    bringUp(index)
    // The row may have to be drawn first.
    requestAnimationFrame(() => {
      const row = grid.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)
      if (row) row.focus({ preventScroll: true })
      else if (frames > 0) focusRow(index, frames - 1)
    })
  }

  function onKeyDown(event: KeyboardEvent) {
    const at = rows.findIndex(
      ({ branch }) => branch.id === (event.target as HTMLElement).closest<HTMLElement>('[data-id]')?.dataset.id,
    )
    const row = rows[at]
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return
    const { branch } = row
    if (event.key === 'Enter' && event.target === event.currentTarget.querySelector(`[data-index="${at}"]`)) {
      if (branch.kind === 'objective') void navigate({ to: '/objectives/$id', params: { id: branch.id } })
      if (branch.kind === 'key-result') void navigate({ to: '/key-results/$id', params: { id: branch.id } })
      return
    }
    if (event.key === 'u' && branch.kind === 'key-result' && offersCheckIn(branch.keyResult, me)) {
      event.preventDefault()
      void navigate({ to: '.', search: (before) => ({ ...before, checkIn: branch.id }) })
      return
    }
    const step = stepFor(turned(event.key), rows, at, PAGE)
    if (step === null) return
    event.preventDefault()
    if ('go' in step) focusRow(step.go)
    if ('fold' in step) onFold(step.fold.branch.id, false)
    if ('unfold' in step) onFold(step.unfold.branch.id, true)
  }
  return { onKeyDown, focusRow }
}

function turned(key: string): string {
  if (document.documentElement.dir !== 'rtl') return key
  return key === 'ArrowLeft' ? 'ArrowRight' : key === 'ArrowRight' ? 'ArrowLeft' : key
}
