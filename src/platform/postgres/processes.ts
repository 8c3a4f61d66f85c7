import { execFile } from 'node:child_process'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { promisify } from 'node:util'
import type { Cluster } from './cluster.ts'
import { environment } from './run.ts'

/** A living process of a cluster: its postmaster, or one of the postmaster's children. Zombies are not among them. */
export type ServerProcess = { pid: number; postmaster: boolean }

type Listed = { pid: number; uid: number; args: string[] }

const ask = promisify(execFile)

/** Told by the command line and the account, so that neither a reused process id nor another cluster is meant. */
export async function processesOf(cluster: Cluster): Promise<ServerProcess[]> {
  const uid = cluster.account?.uid ?? process.getuid?.()
  const ours = (await (process.platform === 'linux' ? fromProc() : fromPs())).filter((each) => each.uid === uid)
  return [
    ...ours.filter((each) => isPostmaster(each.args, cluster)).map(({ pid }) => ({ pid, postmaster: true })),
    ...ours.filter((each) => isChild(each.args, cluster)).map(({ pid }) => ({ pid, postmaster: false })),
  ]
}

/** What a process has that the next bearer of its number has not: the moment it began. */
export async function beginningOf(pid: number): Promise<string> {
  if (process.platform !== 'linux')
    return (await ask('ps', ['-o', 'lstart=', '-p', `${pid}`], { env: environment() })).stdout.trim()
  const text = await readFile(`/proc/${pid}/stat`, 'utf8')
  return text.slice(text.lastIndexOf(') ') + 2).split(' ')[19] ?? ''
}

function isPostmaster(args: string[], cluster: Cluster): boolean {
  return (
    basename(args[0] ?? '').startsWith('postgres') &&
    args.some((arg, i) => arg === '-D' && args[i + 1] === cluster.data)
  )
}

function isChild(args: string[], cluster: Cluster): boolean {
  return args[0]?.startsWith(`postgres: ${cluster.name}: `) ?? false
}

async function fromProc(): Promise<Listed[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  return (await Promise.all(pids.map(fromProcEntry))).filter((each) => each !== undefined)
}

async function fromProcEntry(pid: number): Promise<Listed | undefined> {
  try {
    const [line, { uid }] = await Promise.all([readFile(`/proc/${pid}/cmdline`, 'utf8'), stat(`/proc/${pid}`)])
    return { pid, uid, args: line.split('\0') }
  } catch {
    return undefined
  }
}

async function fromPs(): Promise<Listed[]> {
  if (process.platform === 'win32') return []
  const { stdout } = await ask('ps', ['-axww', '-o', 'pid=,uid=,command='], { maxBuffer: 64 << 20 })
  return stdout.split('\n').flatMap((line) => {
    const [, pid, uid, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
    return command ? [{ pid: Number(pid), uid: Number(uid), args: argumentsIn(command) }] : []
  })
}

/** ps joins the arguments; only the folder after -D can hold blanks, and the next argument is -c. */
function argumentsIn(command: string): string[] {
  const [, program, data] = /^(.*?) -D (.*?) -c /.exec(command) ?? []
  return program && data ? [program, '-D', data] : [command]
}
