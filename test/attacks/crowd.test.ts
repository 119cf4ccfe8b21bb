import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { type FaultStage, openFaultStage } from '../faults/stage.ts'
import { type RealPostgres, startPostgres } from '../support/postgres.ts'
import { expectErrors } from '../support/quiet.ts'
import { buy, post } from '../support/sale.ts'

let postgres: RealPostgres
let stage: FaultStage
beforeAll(async () => {
  postgres = await startPostgres()
  await migrate(postgres.target)
  stage = await openFaultStage(postgres)
})
afterAll(async () => {
  await stage.close()
  await postgres.close()
})

it('E11 50 looks at once and 1,000 refreshes from as many addresses are one order and one mail about its links', async () => {
  // On a machine that is busy enough, the crowd keeps a poke and its mark from being answered in time.
  expectErrors()
  stage.dropWebhooks()
  const session_id = await buy(stage, 'book')
  const look = async () => (await post(stage, '/get_entitlements', { session_id })).status
  const looks = async (times: number) => new Set(await Promise.all(Array.from({ length: times }, look)))
  expect(await looks(50)).toEqual(new Set([200]))
  await stage.store.settled()

  const [statements, calls] = [stage.sql.seen.length, await stripeCalls()]
  for (let round = 0; round < 20; round++) expect(await looks(50)).toEqual(new Set([200]))
  await stage.store.settled()
  // Besides being counted, a refresh is one read: no mail is tried for again, and Stripe is not asked.
  const refreshes = stage.sql.seen.slice(statements)
  expect(refreshes.filter((text) => !/select o\.id, o\.stripe_session_id|insert into rate_limits/.test(text))).toEqual(
    [],
  )
  expect([refreshes.length, await stripeCalls()]).toEqual([2_000, calls])

  await Promise.all([stage.work(), stage.work()])
  const ready = (await stage.mails()).filter(({ idempotency_key }) => idempotency_key?.startsWith('links_ready:'))
  expect([await stage.outcome(session_id), ready.length]).toEqual([{ orders: ['paid'], receipts: 1, files: 1 }, 1])
})

async function stripeCalls(): Promise<number> {
  return ((await (await fetch(`${stage.servicesUrl}/stats.json`)).json()) as { stripe: number }).stripe
}
