import { invalid } from '#domain/problem.ts'
import { isSettable, RULES, type Setting } from '#domain/rules.ts'
import { differences, merged, type Settings, settingsOf } from '#domain/settings.ts'
import { everyObjectiveId } from '#store/objectives.ts'
import { editOrganization } from '#store/organizations.ts'
import { assertStillSums } from './contributing.ts'
import * as declared from './declared/settings.ts'
import { reading, writing } from './operation.ts'
import { organizationSubject } from './organizations.ts'
import { namedPeople } from './resolve.ts'

export const showSettings = reading(declared.showSettings, {
  subject: (context, { params }) => organizationSubject(context, params.id),
  run: async ({ settings, organization }) => settingsView(settings, organization.version),
})

export const editSettings = writing(declared.editSettings, {
  subject: async (context, { params, body }) => {
    const subject = organizationSubject(context, params.id)
    await namedPeople(context, '/companyEditorIds', body.companyEditorIds)
    return { ...subject, current: async () => settingsView(context.settings, subject.version) }
  },
  run: async (context, { body: { reason, ...patch } }) => {
    const { tx, organization, settings } = context
    context.reason = reason ?? null
    const after = merged(settings, { ...patch, ...(patch.rules ? { rules: settable(patch.rules) } : {}) })
    if (after.status.atRisk < after.status.behind)
      invalid('/status/atRisk', 'settings.at-risk-before-behind', { behind: after.status.behind })
    await assertStillSums(context, after.units)
    const stored = differences(after)
    if (JSON.stringify(stored) === JSON.stringify(differences(settings)))
      return settingsView(settings, organization.version)
    const { version } = await editOrganization(tx, organization, { settings: stored })
    if (after.includeAligned !== settings.includeAligned) context.moves([], await everyObjectiveId(tx))
    return settingsView(settingsOf(stored), version)
  },
})

/** What is fixed stays what it is, and is not kept as if it had been set. */
function settable(rules: Partial<Record<string, Setting>>): Partial<Settings['rules']> {
  const fixed = new Set<string>(RULES.filter((rule) => !isSettable(rule)).map(({ name }) => name))
  return Object.fromEntries(Object.entries(rules).filter(([name]) => !fixed.has(name)))
}

function settingsView(settings: Settings, version: number) {
  return { ...settings, companyEditorIds: [...settings.companyEditorIds], version }
}
