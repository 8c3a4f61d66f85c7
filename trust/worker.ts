import { parentPort, workerData } from 'node:worker_threads'
import type { Part } from './suite.ts'
import { SUITES } from './suites.ts'

/** One part of a suite, in a thread of its own. */
const { name, part } = workerData as { name: string; part: Part }
const { suite } = await (SUITES[name] as NonNullable<(typeof SUITES)[string]>)()
parentPort?.postMessage(await suite.run(part))
