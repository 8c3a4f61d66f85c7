import { totalmem } from 'node:os'
import type { Binaries } from './binaries.ts'
import { LOOPBACK } from './port.ts'

const MB = 1024 * 1024
const STATISTICS = 'pg_stat_statements'

export function settings(binaries: Binaries, port: number, name: string, fsync: boolean): string[] {
  const values: Record<string, string | number> = {
    cluster_name: name,
    listen_addresses: LOOPBACK,
    port,
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: `${buffers(fsync ? 2048 : 256)}MB`,
    max_wal_size: '2GB',
    wal_compression: 'on',
    random_page_cost: 1.1,
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] ',
    shared_preload_libraries: binaries.has(STATISTICS) ? STATISTICS : '',
    ...(fsync ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  return Object.entries(values).flatMap(([key, value]) => ['-c', `${key}=${value}`])
}

/** An eighth of the machine's memory, in MB: a million Key Results stay in it where there is enough. */
function buffers(most: number): number {
  return Math.max(16, Math.min(most, Math.floor(totalmem() / MB / 8)))
}
