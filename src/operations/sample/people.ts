import type { Role } from '#domain/actor.ts'
import type { GroupKey } from './groups.ts'

type Sampled = { name: string; grade: string; site: string; group?: GroupKey; manager?: string; role?: Role }

/** Some of the 41 people of Marram, who make flood-warning stations. Managers stand before those they manage. */
export const PEOPLE = {
  ingrid: { name: 'Ingrid Solheim', grade: 'CEO', site: 'Bergen', role: 'administrator' },
  daniel: { name: 'Daniel Okafor', grade: 'Vice president', site: 'Bergen', group: 'sales', manager: 'ingrid' },
  jun: { name: 'Jun Watanabe', grade: 'Vice president', site: 'Bergen', group: 'product', manager: 'ingrid' },
  aisha: { name: 'Aisha Bello', grade: 'Vice president', site: 'Boston', group: 'customerSuccess', manager: 'ingrid' },
  piet: { name: 'Piet de Vries', grade: 'Vice president', site: 'Bremen', group: 'operations', manager: 'ingrid' },
  marguerite: { name: 'Marguerite Blanc', grade: 'Vice president', site: 'Bergen', group: 'people', manager: 'ingrid' },
  priya: { name: 'Priya Raman', grade: 'Director', site: 'Boston', group: 'northAmerica', manager: 'daniel' },
  hanna: { name: 'Hanna Vogel', grade: 'Director', site: 'Bremen', group: 'dach', manager: 'daniel' },
  tomas: { name: 'Tomás Herrera', grade: 'Director', site: 'Valencia', group: 'southernEurope', manager: 'daniel' },
  noor: { name: 'Noor El-Amin', grade: 'Team lead', site: 'Bergen', group: 'forecasting', manager: 'jun' },
  maya: { name: 'Maya Lindqvist', grade: 'Specialist', site: 'Boston', group: 'northAmerica', manager: 'priya' },
  ben: { name: 'Ben Carver', grade: 'Specialist', site: 'Boston', group: 'northAmerica', manager: 'priya' },
  luisa: { name: 'Luisa Ortega', grade: 'Specialist', site: 'Boston', group: 'northAmerica', manager: 'priya' },
} as const satisfies Record<string, Sampled>

export type PersonKey = keyof typeof PEOPLE

/** `Tomás Herrera` is written to as tomas@marram.example. */
export function emailOf(key: PersonKey): string {
  return `${key}@marram.example`
}
