import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import type { ContenderName } from './contender.ts'
import { startDelayProxy } from './delay-proxy.ts'
import type { Account } from './postgres.ts'
import { openSqlDoor } from './sql-door.ts'
import { createStatementCounter } from './statement-counter.ts'

/** One wake of a cold process: milliseconds from its start until it says that all is done, statements, connections. */
export type Wake = { elapsed: number; statements: number; connections: number }

type Trial = { contender: ContenderName; account: Account; file: string; rttMs: number }

const DEADLINE_MS = 30_000

/** Starts the bundled worker against a database that is `rttMs` away: Till's speaks HTTP, the peers PostgreSQL's own protocol. */
export async function measureWake({ contender, account, file, rttMs }: Trial): Promise<Wake> {
  const door = contender === 'till' ? await openSqlDoor(account) : null
  const counter = createStatementCounter()
  const listen = door ? () => undefined : counter.read
  const proxy = await startDelayProxy({ port: door?.port ?? account.port, rttMs, listen })
  const address = door
    ? { databaseUrl: door.connectionString, sqlEndpoint: `http://127.0.0.1:${proxy.port}/sql` }
    : { ...account, port: proxy.port }
  try {
    const elapsed = await timeWorker(file, address)
    return { elapsed, statements: door?.requests() ?? counter.statements(), connections: proxy.connections() }
  } finally {
    await proxy.close()
    await door?.close()
  }
}

async function timeWorker(file: string, address: object): Promise<number> {
  const start = performance.now()
  const child = spawn(process.execPath, [file, JSON.stringify(address)], { timeout: DEADLINE_MS })
  let [errors, elapsed] = ['', 0]
  child.stdout.once('data', () => {
    elapsed = performance.now() - start
  })
  child.stderr.on('data', (text) => {
    errors += text
  })
  const [code] = await once(child, 'close')
  if (code !== 0 || elapsed === 0) throw new Error(`the worker ${file} failed:\n${errors}`)
  return elapsed
}
