import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatId } from '../../shop/ids.ts'
import type { ObservedSession } from '../../shop/payments/observed-session.ts'
import { openSession } from './kill-points.ts'
import { HAPPENINGS, observeEachStage, permutations, writeInOrder } from './permutations.ts'
import { openSimulatedDatabase, type SimulatedDatabase } from './simulated-database.ts'
import { stockShop } from './stock.ts'
import { CALM } from './weather.ts'
import { createWorld } from './world.ts'

let database: SimulatedDatabase
beforeAll(async () => {
  database = await openSimulatedDatabase()
})
afterAll(() => database.close())

const ORDERS = permutations(HAPPENINGS.length)

describe('six syncs that saw six stages of a payment', () => {
  let stages: ObservedSession[]
  beforeAll(async () => {
    const world = await createWorld({ database, seed: 1, weather: CALM })
    await stockShop(database)
    stages = await observeEachStage(world, await openSession(world))
    await world.close()
  })

  it('saw different things', () => {
    expect(new Set(stages.map((stage) => JSON.stringify(stage))).size).toBe(6)
    expect(ORDERS).toHaveLength(720)
  })

  it('end in what the last of them saw, in whichever of 720 orders they write', async () => {
    let serial = 0
    const newId = (prefix: Parameters<typeof formatId>[0]) => {
      const bytes = new Uint8Array(16)
      new DataView(bytes.buffer).setUint32(0, ++serial)
      return formatId(prefix, bytes)
    }
    let at = Date.UTC(2026, 10, 23, 12)
    const db = database.connect({ now: () => ++at, real: (work) => work() }, () => undefined)
    for (const [copy, order] of ORDERS.entries()) await writeInOrder({ db, newId, stages }, order, copy)
    const found = await database.rows(`
      select o.status, o.amount_refunded::int as refunded, count(*)::int as orders,
        sum((select count(*) from emails e where e.order_id = o.id and e.kind = 'receipt'))::int as receipts,
        sum((select count(*) from emails e where e.order_id = o.id and e.kind = 'refund'))::int as refund_mails,
        sum((select count(*) from entitlements e where e.order_id = o.id))::int as files
      from orders o group by 1, 2`)
    expect(found).toEqual([
      { status: 'refunded', refunded: 1900, orders: 720, receipts: 720, refund_mails: 1440, files: 0 },
    ])
  })
})
