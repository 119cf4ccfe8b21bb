import { afterAll, beforeAll, expect, it } from 'vitest'
import { claimJobs, enqueueJob } from '../../db/jobs.ts'
import { openSimulatedDatabase, type SimulatedDatabase } from './simulated-database.ts'

let database: SimulatedDatabase
beforeAll(async () => {
  database = await openSimulatedDatabase()
})
afterAll(() => database.close())

it('does not settle, with its next claim, a job that was taken over meanwhile', async () => {
  let now = Date.UTC(2031, 4, 5, 10)
  const db = database.connect({ now: () => now, real: (work) => work() }, () => undefined)
  const claim = (holder: string, done: Awaited<ReturnType<typeof claimJobs>>['jobs'] = []) =>
    claimJobs(db, { limit: 10, leaseSeconds: 60, holder, done })
  await enqueueJob(db, { id: 'a', kind: 'sync_order', payload: {} })
  const slow = await claim('slow')
  now += 61_000
  const quick = await claim('quick')
  expect(quick.jobs.map(({ id, fence }) => [id, fence])).toEqual([['a', 2]])
  expect((await claim('slow', slow.jobs)).settled).toEqual([])
  expect(await database.rows('select state from jobs')).toEqual([{ state: 'open' }])
  expect((await claim('quick', quick.jobs)).settled).toEqual(['a'])
})
