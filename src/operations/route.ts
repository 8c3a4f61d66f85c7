import { DECLARATIONS } from './declared/catalogue.ts'
import type { Declaration } from './declared/declaration.ts'

type Route = { declaration: Declaration; pattern: RegExp; names: string[] }

const ROUTES: Route[] = DECLARATIONS.map((declaration) => {
  const names = [...declaration.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string)
  return { declaration, names, pattern: new RegExp(`^${declaration.path.replaceAll(/\{\w+\}/g, '([^/]+)')}$`) }
  // A fixed segment (`by-ref`) goes before a parameter in its place.
}).sort((a, b) => a.names.length - b.names.length)

/** The verb behind a method and a path, with its path parameters; undefined when there is none. */
export function match(
  method: string,
  path: string,
): { declaration: Declaration; params: Record<string, string> } | undefined {
  for (const { declaration, pattern, names } of ROUTES) {
    if (declaration.method !== method) continue
    const found = pattern.exec(path)
    if (found)
      return {
        declaration,
        params: Object.fromEntries(names.map((name, index) => [name, decode(found[index + 1] as string)])),
      }
  }
  return undefined
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
