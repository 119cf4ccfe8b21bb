import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FLOW_NAMES } from './flows.ts'
import { killEverywhere, killTwice } from './kill-points.ts'
import { openSimulatedDatabase, type SimulatedDatabase } from './simulated-database.ts'

let database: SimulatedDatabase
beforeAll(async () => {
  database = await openSimulatedDatabase()
})
afterAll(() => database.close())

describe('a flow killed at one of its awaits', () => {
  it.each(FLOW_NAMES)('recovers, wherever that is: %s', async (flow) => {
    const { points, failures } = await killEverywhere(database, flow)
    expect(failures).toEqual([])
    expect(points).toBeGreaterThanOrEqual(40)
  })

  it.each(FLOW_NAMES)('recovers from a second kill in its recovery: %s', async (flow) => {
    const { points, failures } = await killTwice(database, flow, { share: 0.003, seed: 1 })
    expect(failures).toEqual([])
    expect(points).toBeGreaterThan(5)
  })
})
