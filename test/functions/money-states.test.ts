import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { InvalidInput, NotFound } from '../../shop/errors.ts'
import { approveOrder } from '../../shop/orders/approve-order.ts'
import { rejectOrder } from '../../shop/orders/reject-order.ts'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { expectErrors } from '../support/quiet.ts'
import { buy, click, pay, post } from '../support/sale.ts'

let platform: TestPlatform

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())

/** Presses a button of the local services page, and lets the shop work on what follows. */
async function press(action: string, id: string, amount?: string): Promise<void> {
  const body = new URLSearchParams({ id, ...(amount ? { amount } : {}) })
  const answer = await fetch(`${platform.servicesUrl}/people/stripe/${action}`, {
    method: 'POST',
    body,
    redirect: 'manual',
  })
  if (answer.status !== 303) throw new Error(`${action} was refused: ${await answer.text()}`)
  await settle()
}

async function settle(seconds = 0): Promise<void> {
  await platform.pass(seconds)
  await platform.work()
}

async function buyBasket(slugs: string[]): Promise<string> {
  const answer = await post(platform, '/create_checkout_session', {
    items: slugs.map((slug) => ({ slug, quantity: 1 })),
  })
  const { url } = (await answer.json()) as { url: string }
  await pay(url)
  await settle()
  return /cs_test_\w+/.exec(url)?.[0] ?? ''
}

async function orderOf(sessionId: string) {
  const [order] = await platform.rows<{ id: string; status: string; back: number }>(
    'select id, status, amount_refunded::int as back from orders where stripe_session_id = $1',
    [sessionId],
  )
  return order
}
const entitled = async (sessionId: string) =>
  (
    await platform.rows<{ slug: string }>(
      'select product_slug as slug from entitlements where stripe_session_id = $1 order by 1',
      [sessionId],
    )
  ).map(({ slug }) => slug)
const sent = async (sessionId: string) =>
  (
    await platform.rows<{ kind: string }>(
      'select e.kind from emails e join orders o on o.id = e.order_id where o.stripe_session_id = $1 and e.sent_at is not null order by e.kind',
      [sessionId],
    )
  ).map(({ kind }) => kind)

describe('a delayed payment', () => {
  it('waits without access, and becomes an order with its receipt when the money has come', async () => {
    const sessionId = await buy(platform, 'book', { card: 'AT611904300234573201' })
    await settle()
    expect([(await orderOf(sessionId))?.status, await entitled(sessionId), await sent(sessionId)]).toEqual([
      'pending',
      [],
      [],
    ])
    await settle(11)
    expect([(await orderOf(sessionId))?.status, await entitled(sessionId)]).toEqual(['paid', ['book']])
    expect(await sent(sessionId)).toEqual(['receipt', 'seller_sale'])
  })

  it('that fails tells the buyer, and gives nothing', async () => {
    const sessionId = await buy(platform, 'book', { card: 'AT861904300235473202' })
    await settle()
    await settle(11)
    expect([(await orderOf(sessionId))?.status, await entitled(sessionId), await sent(sessionId)]).toEqual([
      'failed',
      [],
      ['payment_failed'],
    ])
    expect((await post(platform, '/get_entitlements', { session_id: sessionId })).status).toBe(410)
  })
})

describe('a partial refund', () => {
  it('F46 of one item closes that item only', async () => {
    const sessionId = await buyBasket(['book', 'print'])
    expect(await entitled(sessionId)).toEqual(['book', 'print'])
    await press('refund', sessionId, '25.00')
    expect(await orderOf(sessionId)).toMatchObject({ status: 'partially_refunded', back: 2500 })
    expect(await entitled(sessionId)).toEqual(['book'])
    expect(await sent(sessionId)).toEqual(['receipt', 'refund', 'seller_sale'])
  })

  it('F46 by an amount that no item explains keeps access and is recorded', async () => {
    const sessionId = await buyBasket(['book', 'print'])
    await press('refund', sessionId, '3.21')
    expect([(await orderOf(sessionId))?.back, await entitled(sessionId)]).toEqual([321, ['book', 'print']])
  })

  it('F47 in two parts closes the order with the last cent, and tells of each once', async () => {
    const sessionId = await buyBasket(['book', 'print'])
    await press('refund', sessionId, '19.00')
    await press('refund', sessionId)
    expect(await orderOf(sessionId)).toMatchObject({ status: 'refunded', back: 4400 })
    expect(await sent(sessionId)).toEqual(['receipt', 'refund', 'refund', 'seller_sale'])
    const [last] = await platform.mails()
    expect(last).toMatchObject({ to: ['buyer@example.com'], subject: 'Your refund from North Window' })
    expect(last?.text).not.toContain('access=')
  })
})

describe('a refund that fails afterwards', () => {
  it('F48 gives access back, and no mail says that it went through', async () => {
    const sessionId = await buy(platform, 'book', { card: '4000000000007726' })
    await settle()
    await press('refund', sessionId)
    expect([(await orderOf(sessionId))?.status, await entitled(sessionId)]).toEqual(['refunded', []])
    await press('fail-refund', sessionId)
    expect([(await orderOf(sessionId))?.status, await entitled(sessionId)]).toEqual(['paid', ['book']])
    expect(await sent(sessionId)).toEqual(['receipt', 'seller_sale'])
  })

  it('corrects the mail that had gone out before', async () => {
    const sessionId = await buy(platform, 'book', { card: '4000000000005126' })
    await settle()
    await press('refund', sessionId)
    expect(await sent(sessionId)).toContain('refund')
    await settle(6)
    expect([(await orderOf(sessionId))?.status, await entitled(sessionId)]).toEqual(['paid', ['book']])
    expect(await sent(sessionId)).toEqual(['receipt', 'refund', 'refund_failed', 'seller_sale'])
  })
})

describe('a dispute', () => {
  it.each([
    ['won', 'paid', ['book']],
    ['lost', 'disputed', []],
  ])('F49 holds the order while it is open; %s makes it %s', async (decision, status, slugs) => {
    const sessionId = await buy(platform, 'book')
    await settle()
    await press('dispute', sessionId)
    expect([(await orderOf(sessionId))?.status, await entitled(sessionId)]).toEqual(['disputed', []])
    await press(`dispute-${decision}`, sessionId)
    expect([(await orderOf(sessionId))?.status, await entitled(sessionId)]).toEqual([status, slugs])
    expect(await sent(sessionId)).toEqual(['receipt', 'seller_dispute', 'seller_dispute', 'seller_sale'])
  })

  it('F49 that is only an inquiry keeps access, and the seller is told', async () => {
    const sessionId = await buy(platform, 'book', { card: '4000000000001976' })
    await settle(6)
    await settle()
    expect([(await orderOf(sessionId))?.status, await entitled(sessionId)]).toEqual(['paid', ['book']])
    expect(await sent(sessionId)).toContain('seller_dispute')
  })
})

describe('an early fraud warning', () => {
  it('is passed on to the seller, and the order stays', async () => {
    const sessionId = await buy(platform, 'book', { card: '4000000000005423' })
    await settle(6)
    await settle()
    expect((await orderOf(sessionId))?.status).toBe('paid')
    expect(await sent(sessionId)).toEqual(['receipt', 'seller_fraud', 'seller_sale'])
  })
})

describe('a session that is not what we sold', () => {
  async function buyTampered(): Promise<string> {
    const { url, sessionId } = await click(platform, 'book')
    // The price in the metadata is what /go wrote; the ledger's is what was charged.
    const rewrite = platform.ledger.get<{ metadata: Record<string, string> }>('stripe.sessions', sessionId)
    if (!rewrite) throw new Error('the emulator must know the session')
    const metadata = { ...rewrite.metadata, lines_0: rewrite.metadata.lines_0?.replace(' 1900 ', ' 5900 ') ?? '' }
    platform.ledger.put('stripe.sessions', sessionId, { ...rewrite, metadata })
    await pay(url)
    await settle()
    expect([(await orderOf(sessionId))?.status, await entitled(sessionId)]).toEqual(['review', []])
    expect(await sent(sessionId)).toEqual(['seller_review'])
    expect((await post(platform, '/get_entitlements', { session_id: sessionId })).status).toBe(403)
    return sessionId
  }

  it('W11 is put aside for the seller, gives nothing, and waits for a decision', async () => {
    await buyTampered()
  })

  it('gives access and sends the receipt when the seller approves it, once', async () => {
    const sessionId = await buyTampered()
    const orderId = (await orderOf(sessionId))?.id ?? ''
    await approveOrder(platform.app(), { orderId, actor: 'test' })
    await settle()
    expect([(await orderOf(sessionId))?.status, await entitled(sessionId)]).toEqual(['paid', ['book']])
    expect(await sent(sessionId)).toEqual(['receipt', 'seller_review', 'seller_sale'])
    await expect(approveOrder(platform.app(), { orderId, actor: 'test' })).rejects.toThrow(
      'is paid; only an order in review',
    )
    await expect(rejectOrder(platform.app(), { orderId, actor: 'test' })).rejects.toThrow(InvalidInput)
    await press('refund', sessionId)
    expect((await orderOf(sessionId))?.status).toBe('refunded')
  })

  it('pays the buyer back when the seller rejects it, once', async () => {
    const sessionId = await buyTampered()
    const orderId = (await orderOf(sessionId))?.id ?? ''
    await rejectOrder(platform.app(), { orderId, actor: 'test' })
    await settle()
    await settle()
    expect(await orderOf(sessionId)).toMatchObject({ status: 'refunded', back: 1900 })
    expect(await sent(sessionId)).toEqual(['receipt', 'refund', 'seller_review'])
    await expect(rejectOrder(platform.app(), { orderId, actor: 'test' })).rejects.toThrow(InvalidInput)
    await expect(approveOrder(platform.app(), { orderId: 'ord_unknown', actor: 'test' })).rejects.toThrow(NotFound)
  })
})

describe('a job that was given up', () => {
  it('F41 is told to the seller once, with its reason and what to do', async () => {
    expectErrors()
    await platform.rows("insert into jobs (id, kind, attempts) values ('odd', 'no_such_kind', 9)")
    await platform.work()
    const notices = (await platform.mails()).filter(({ subject }) => subject.includes('gave up'))
    expect(notices).toHaveLength(1)
    expect(notices[0]?.text).toContain('job redrive odd')
    expect(notices[0]?.text).toContain('no worker does jobs of the kind no_such_kind')
  })

  it('and was itself a notice to the seller is not told in a notice', async () => {
    expectErrors()
    await platform.rows(
      "insert into jobs (id, kind, payload) values ('mail:seller_x', 'send_email', '{\"email_id\":\"seller_x\"}')",
    )
    await platform.work()
    expect(await platform.rows("select state from jobs where id = 'mail:seller_x'")).toEqual([{ state: 'dead' }])
    expect(await platform.rows("select 1 from emails where id like 'seller_dead_job:mail:seller_x%'")).toEqual([])
  })
})
