import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { type RealPostgres, startPostgres } from '../support/postgres.ts'
import { fulfilInParallel } from './parallel-fulfil.ts'

let postgres: RealPostgres
beforeAll(async () => {
  postgres = await startPostgres()
  await migrate(postgres.target)
})
afterAll(() => postgres.close())

it('makes one order and one receipt of 50 syncs at once, round after round', async () => {
  const rounds = 20
  const fulfilled = await fulfilInParallel(postgres, rounds)
  expect(fulfilled).toEqual({ orders: rounds, receipts: rounds, receipt_jobs: rounds, items: rounds })
})
