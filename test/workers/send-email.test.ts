import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { beginAttempt, recordFailure, storeRendered } from '../../db/emails.ts'
import { claimJobs } from '../../db/jobs.ts'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { expectErrors } from '../support/quiet.ts'
import { buy } from '../support/sale.ts'

let platform: TestPlatform
let orderId: string

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())

/** A paid order whose receipt has a job, but has not been sent. */
beforeEach(async () => {
  platform.faults.put({ service: 'resend', mode: '500', count: 0 })
  const sessionId = await buy(platform, 'book')
  const { syncOrder } = await import('../../shop/orders/sync-order.ts')
  const outcome = await syncOrder(platform.app(), sessionId)
  if (outcome.kind !== 'written') throw new Error(`the order was not written: ${outcome.kind}`)
  orderId = outcome.orderId
})

const receipts = async () =>
  (await platform.mails()).filter(({ idempotency_key }) => idempotency_key === `receipt:${orderId}`)
const email = async () =>
  (
    await platform.rows(
      'select first_attempt_at is not null as tried, sent_at is not null as sent, last_error from emails where id = $1',
      [`receipt:${orderId}`],
    )
  )[0]
const job = async () =>
  (await platform.rows('select state, attempts, deferrals from jobs where id = $1', [`mail:receipt:${orderId}`]))[0]
const again = async () => {
  await platform.rows("update jobs set due_at = now() where state = 'open'")
  await platform.work()
}

describe('send_email', () => {
  it('F09 sends one mail when Resend took it and cut the connection', async () => {
    expectErrors()
    platform.faults.put({ service: 'resend', mode: 'accept_then_reset', count: 1 })
    await platform.work()
    expect(await email()).toMatchObject({ tried: true, sent: false })
    await again()
    expect(await receipts()).toHaveLength(1)
    expect(await email()).toMatchObject({ sent: true, last_error: null })
    expect(await job()).toMatchObject({ state: 'done', deferrals: 1 })
  })

  it('F30 waits when Resend says 429, and forgets the attempt that surely did not go out', async () => {
    expectErrors()
    platform.faults.put({ service: 'resend', mode: '429', count: 1 })
    await platform.work()
    expect(await email()).toMatchObject({ tried: false, sent: false })
    expect(await job()).toMatchObject({ state: 'open', attempts: 0, deferrals: 1 })
    await again()
    expect(await receipts()).toHaveLength(1)
  })

  it('F34 holds a mail for a person when nobody can tell what became of it for 23 hours', async () => {
    expectErrors()
    platform.faults.put({ service: 'resend', mode: 'accept_then_reset', count: 1 })
    await platform.work()
    await platform.rows(
      "update emails set first_attempt_at = now() - interval '23 hours 1 minute' where order_id = $1",
      [orderId],
    )
    await again()
    expect(await job()).toMatchObject({ state: 'dead' })
    expect(await receipts()).toHaveLength(1)
    expect(await email()).toMatchObject({ sent: false })
  })

  it('F31 survives an outage of any length without using up attempts', async () => {
    expectErrors()
    // Two mails wait at each turn: the receipt, and the notice of the sale.
    platform.faults.put({ service: 'resend', mode: '500', count: 60 })
    for (let i = 0; i < 30; i++) await again()
    expect(await job()).toMatchObject({ state: 'open', attempts: 0, deferrals: 30 })
    await again()
    expect(await receipts()).toHaveLength(1)
  }, 60_000)

  it('W15 makes a dead letter of a mail that has no address, and keeps the order', async () => {
    expectErrors()
    await platform.rows('update orders set email = null where id = $1', [orderId])
    await platform.work()
    expect(await job()).toMatchObject({ state: 'dead' })
    expect(await platform.rows('select status from orders where id = $1', [orderId])).toEqual([{ status: 'paid' }])
  })

  it('sends the very bytes that it stored, though the order has changed since', async () => {
    expectErrors()
    platform.faults.put({ service: 'resend', mode: '500', count: 1 })
    await platform.work()
    const [stored] = await platform.rows<{ html: string }>('select html from emails where id = $1', [
      `receipt:${orderId}`,
    ])
    await platform.rows("update order_items set title = 'Renamed' where order_id = $1", [orderId])
    await again()
    expect((await receipts())[0]?.html).toBe(stored?.html)
  })

  it('F10 forgets no attempt for a worker that was frozen while another one took over and sent', async () => {
    expectErrors()
    const job = `mail:receipt:${orderId}`
    await platform.rows("update jobs set due_at = now() + interval '1 hour' where id <> $1 and state = 'open'", [job])
    const app = platform.app()
    const claim = (holder: string) => claimJobs(app.db, { limit: 1, leaseSeconds: 60, holder })
    const [frozen] = (await claim('frozen')).jobs
    if (!frozen) throw new Error('the mail must be claimed')
    await storeRendered(app.db, `receipt:${orderId}`, { to: 'buyer@example.com', subject: 's', html: 'h', text: 't' })
    expect(await beginAttempt(app.db, `receipt:${orderId}`)).toMatchObject({ is_first: true })
    await platform.rows("update jobs set lease_until = now() - interval '1 s' where id = $1", [job])
    await claim('frozen')
    expect(await beginAttempt(app.db, `receipt:${orderId}`)).toMatchObject({ is_first: false })
    await recordFailure(app.db, frozen, { emailId: `receipt:${orderId}`, reason: 'refused long ago', forget: true })
    expect(await email()).toMatchObject({ tried: true })
  })
})
