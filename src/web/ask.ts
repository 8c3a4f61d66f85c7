import { queryOptions } from '@tanstack/react-query'
import type { Client, InputOf, OutputOf } from '#client/client.ts'
import { server } from './connection.ts'

export type Verb = Parameters<Client['call']>[0]

type Page = { items: unknown[]; nextCursor: string | null }
type Listing = { [Name in Verb]: OutputOf<Name> extends Page ? Name : never }[Verb]
type ItemOf<Name extends Verb> = OutputOf<Name> extends { items: (infer Item)[] } ? Item : never

const PAGE = 200

/** What a verb that reads answers, kept under its name and input. */
export function ask<Name extends Verb>(name: Name, input: InputOf<Name>) {
  return queryOptions({ queryKey: [name, input], queryFn: ({ signal }) => server.call(name, input, { signal }) })
}

/** A whole list, page after page. */
export function askAll<Name extends Listing>(name: Name, input: InputOf<Name>) {
  return queryOptions({ queryKey: [name, input, 'all'], queryFn: ({ signal }) => everyPage(name, input, signal) })
}

async function everyPage<Name extends Listing>(
  name: Name,
  input: InputOf<Name>,
  signal: AbortSignal,
): Promise<ItemOf<Name>[]> {
  const items: ItemOf<Name>[] = []
  let cursor: string | null = null
  do {
    const asked = { ...(input as object), limit: PAGE, ...(cursor === null ? {} : { cursor }) } as InputOf<Name>
    const page = (await server.call(name, asked, { signal })) as Page
    items.push(...(page.items as ItemOf<Name>[]))
    cursor = page.nextCursor
  } while (cursor !== null)
  return items
}
