/** A static step or one test. */
export type Result = { kind: 'step' | 'test'; name: string; passed: boolean; ms: number }
