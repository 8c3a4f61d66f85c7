import * as absences from './absences.ts'
import * as alignments from './alignments.ts'
import * as alsoSupports from './also-supports.ts'
import * as apiKeys from './api-keys.ts'
import * as barriers from './barriers.ts'
import * as changes from './changes.ts'
import * as checkIns from './check-ins.ts'
import * as comments from './comments.ts'
import * as contributions from './contributions.ts'
import * as cycles from './cycles.ts'
import type { Declaration } from './declaration.ts'
import * as delegates from './delegates.ts'
import * as explorations from './explorations.ts'
import * as findings from './findings.ts'
import * as groups from './groups.ts'
import * as handOvers from './hand-overs.ts'
import * as imports from './imports.ts'
import * as initiatives from './initiatives.ts'
import * as keyResults from './key-results.ts'
import * as kpis from './kpis.ts'
import * as me from './me.ts'
import * as objectives from './objectives.ts'
import * as organizations from './organizations.ts'
import * as people from './people.ts'
import * as rules from './rules.ts'
import * as search from './search.ts'
import * as settings from './settings.ts'
import * as turning from './turning.ts'

const rooms = {
  ...organizations,
  ...settings,
  ...rules,
  ...me,
  ...people,
  ...absences,
  ...groups,
  ...cycles,
  ...objectives,
  ...alignments,
  ...alsoSupports,
  ...keyResults,
  ...findings,
  ...contributions,
  ...handOvers,
  ...delegates,
  ...initiatives,
  ...explorations,
  ...barriers,
  ...turning,
  ...checkIns,
  ...comments,
  ...kpis,
  ...search,
  ...changes,
  ...apiKeys,
  ...imports,
}

type Rooms = typeof rooms
type Declared = Extract<Rooms[keyof Rooms], { name: string; method: string }>

export type OperationName = Declared['name']

/** The declaration of a verb, by its name. */
export type DeclarationOf<Name extends OperationName> = Extract<Declared, { name: Name }>

const declared = Object.values(rooms).filter((value): value is Declared => 'method' in value && 'path' in value)

/** Every verb of the product, by name. */
export const CATALOGUE = Object.fromEntries(declared.map((one) => [one.name, one])) as unknown as {
  [Name in OperationName]: DeclarationOf<Name>
}

export const DECLARATIONS: readonly Declaration[] = declared as readonly Declaration[]
