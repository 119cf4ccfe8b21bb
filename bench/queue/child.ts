import { readFileSync } from 'node:fs'
import process from 'node:process'
import pg from 'pg'
import { type ContenderName, type DrainKind, loadContender } from './contender.ts'
import { measureClaims } from './measure-claims.ts'
import { measureDrain } from './measure-drain.ts'
import { measureEnqueue } from './measure-enqueue.ts'
import type { Account } from './postgres.ts'

export type Order = { contender: ContenderName; account: Account } & (
  | { measure: 'install' }
  | { measure: 'enqueue'; single: number; burst: number }
  | { measure: 'drain'; kind: DrainKind; jobs: number }
  | { measure: 'claims'; rounds: number; done: number; waiting: number }
)

/** One measurement in a process of its own: its order comes in on stdin, its figures go out on stdout. */
const order = JSON.parse(readFileSync(0, 'utf8')) as Order
process.stdout.write(`${JSON.stringify((await carryOut()) ?? null)}\n`)

async function carryOut(): Promise<unknown> {
  const contender = await loadContender(order.contender)
  if (order.measure === 'install') return contender.install(order.account)
  const pool = new pg.Pool({ ...order.account, max: order.measure === 'enqueue' ? 50 : 12 })
  const queue = await contender.open(order.account, pool)
  try {
    if (order.measure === 'enqueue') return await measureEnqueue(queue, order)
    if (order.measure === 'drain') return await measureDrain(queue, order)
    return await measureClaims(pool, order)
  } finally {
    await queue.close()
    await pool.end()
  }
}
