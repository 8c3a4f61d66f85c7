/** The key that does the same, for whoever sees it; assistive technology is told by `aria-keyshortcuts`. */
export function Key({ of }: { of: string }) {
  return (
    <span aria-hidden="true">
      <kbd>{of}</kbd>
    </span>
  )
}
