import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { expectErrors } from '../support/quiet.ts'
import { click, pay } from '../support/sale.ts'

let platform: TestPlatform

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())

describe('a buyer whose address holds what Postgres cannot store', () => {
  it.each([
    ['a NUL', 'a\0b@example.com', 'a\ufffdb@example.com'],
    ['half a surrogate pair', 'a\ud800b@example.com', 'a\ufffdb@example.com'],
  ])('still gets the order: %s', async (_what, email, kept) => {
    // No mail can be sent to such an address: its job becomes a dead letter, which is logged.
    expectErrors()
    const { url, sessionId } = await click(platform, 'book')
    expect((await pay(url, { email })).status).toBe(303)
    await platform.work()
    expect(
      await platform.rows('select status, stripe_email from orders where stripe_session_id = $1', [sessionId]),
    ).toEqual([{ status: 'paid', stripe_email: kept }])
  })
})
