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
import type { OperationName } from './declared/catalogue.ts'
import * as delegates from './delegates.ts'
import * as explorations from './explorations.ts'
import * as findings from './findings.ts'
import * as groups from './groups.ts'
import * as handOvers from './hand-overs.ts'
import * as imports from './imports.ts'
import * as initiatives from './initiatives.ts'
import * as keyResultLife from './key-result-life.ts'
import * as keyResults from './key-results.ts'
import * as kpiValues from './kpi-values.ts'
import * as kpis from './kpis.ts'
import * as linesOfSight from './lines-of-sight.ts'
import * as me from './me.ts'
import * as objectiveLife from './objective-life.ts'
import * as objectives from './objectives.ts'
import type { Implementation } from './operation.ts'
import * as organizations from './organizations.ts'
import * as people from './people.ts'
import * as rules from './rules.ts'
import * as search from './search.ts'
import * as setUp from './set-up.ts'
import * as settings from './settings.ts'
import * as signInLinks from './sign-in-links.ts'
import * as statusOverrides from './status-overrides.ts'
import * as turning from './turning.ts'

const rooms = [
  absences,
  alignments,
  alsoSupports,
  apiKeys,
  barriers,
  changes,
  checkIns,
  comments,
  contributions,
  cycles,
  delegates,
  findings,
  explorations,
  groups,
  handOvers,
  imports,
  initiatives,
  keyResultLife,
  keyResults,
  kpis,
  kpiValues,
  linesOfSight,
  me,
  objectiveLife,
  objectives,
  organizations,
  people,
  search,
  rules,
  setUp,
  settings,
  signInLinks,
  statusOverrides,
  turning,
]

/** What each verb does. That none is missing is checked by a test: see `catalogue.test.ts`. */
export const IMPLEMENTATIONS = Object.fromEntries(
  rooms
    .flatMap((room) => Object.values(room) as unknown[])
    .filter((part): part is Implementation => typeof part === 'object' && part !== null && 'declaration' in part)
    .map((implementation) => [implementation.declaration.name, implementation]),
) as Record<OperationName, Implementation>
