const [name = '', ...args] = process.argv.slice(2)

/** `npm run bench -- check-in [--json] [--rounds 7] [--quick]` */
const BENCHES: Record<string, () => Promise<{ run(args: string[]): Promise<void> }>> = {
  'check-in': () => import('./check-in/check-in.ts'),
}

const bench = BENCHES[name]
if (!bench) {
  console.error(`There is no benchmark ${JSON.stringify(name)}. There are: ${Object.keys(BENCHES).join(', ')}.`)
  process.exit(64)
}
await (await bench()).run(args)
