import { startVitest, type TestCase, type TestModule, type Vitest } from 'vitest/node'
import type { Result } from './run-result.ts'

/** Runs the tests of some projects, and counts also what failed before there was a test to fail. */
export async function runVitest(project: string[], filters: string[]): Promise<Result[]> {
  const vitest = await startVitest('test', filters, { run: true, watch: false, project, passWithNoTests: true })
  const results = vitest.state.getTestModules().flatMap((each) => [...ofTests(each), ...ofModule(each)])
  const broken = ofRun(vitest)
  await vitest.close()
  return [...results, ...broken]
}

function ofTests(module: TestModule): Result[] {
  return [...module.children.allTests()].filter((test) => test.result().state !== 'skipped').map(ofTest)
}

function ofTest(test: TestCase): Result {
  const passed = test.result().state === 'passed'
  return {
    kind: 'test',
    name: `${test.module.relativeModuleId} > ${test.fullName}`,
    passed,
    ms: test.diagnostic()?.duration ?? 0,
  }
}

/** A file that cannot be loaded, or whose preparation failed. */
function ofModule(module: TestModule): Result[] {
  const counted = [...module.children.allTests('failed')].length > 0
  if (module.state() !== 'failed' || counted) return []
  return [{ kind: 'step', name: `${module.relativeModuleId} as a whole`, passed: false, ms: 0 }]
}

/** What happened outside of any file, such as a promise that nobody waited for. */
function ofRun(vitest: Vitest): Result[] {
  return vitest.state.getUnhandledErrors().map((error) => {
    const { message } = error as Error
    return { kind: 'step', name: `outside of any test: ${message}`, passed: false, ms: 0 }
  })
}
