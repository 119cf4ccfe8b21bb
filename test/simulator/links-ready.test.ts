import { afterAll, beforeAll, expect, it } from 'vitest'
import { openSession } from './kill-points.ts'
import { createLevers } from './levers.ts'
import { countMails, findOrders } from './oracle.ts'
import { startPlatform } from './run-seed.ts'
import { openSimulatedDatabase, type SimulatedDatabase } from './simulated-database.ts'
import { stockShop } from './stock.ts'
import { CALM } from './weather.ts'
import { createWorld, type World } from './world.ts'

let database: SimulatedDatabase
beforeAll(async () => {
  database = await openSimulatedDatabase()
})
afterAll(() => database.close())

const HOUR = 3_600_000

async function lookEvery(world: World, sessionId: string, { hours, times }: { hours: number; times: number }) {
  for (let look = 0; look < times; look++) {
    const at = world.timeline.now() + hours * HOUR
    void world.openSuccess(sessionId)
    await world.timeline.run(() => world.timeline.now() >= at)
  }
}

it('E11 a buyer who looks every hour for three days gets three mails about the links, and one who never looks none', async () => {
  const world = await createWorld({ database, seed: 11, weather: CALM })
  try {
    await stockShop(database)
    const platform = startPlatform(world, { reconciles: false })
    const levers = createLevers(world.vendors.world)
    const [looker, other] = [await openSession(world), await openSession(world)]
    for (const id of new Set([looker, other])) levers.pay(id, 'good')
    await platform.calmDown()
    await lookEvery(world, looker, { hours: 1, times: 71 })
    await platform.calmDown()

    const orders = await findOrders(database)
    const lookers = orders.find(({ stripe_session_id }) => stripe_session_id === looker)
    const told = [...countMails(world.vendors)].filter(([key]) => key.startsWith('links_ready:'))
    expect(told.sort()).toEqual([0, 1, 2].map((day) => [`links_ready:${lookers?.id}:${day}`, 1]))
    expect(world.violations).toEqual([])
  } finally {
    await world.close()
  }
})
