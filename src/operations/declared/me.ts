import * as z from 'zod'
import { declare } from './declaration.ts'
import { organization } from './organizations.ts'
import { person } from './people.ts'

/** Who the caller is, where, and what day it is there. */
export const showMe = declare({
  name: 'me.show',
  method: 'GET',
  path: '/v1/me',
  output: z.strictObject({
    kind: z.enum(['person', 'service']),
    id: z.string(),
    role: z.enum(['administrator', 'member', 'guest']),
    scopes: z.array(z.enum(['read', 'write'])),
    person: person.nullable(),
    organization,
    today: z.string(),
  }),
})
