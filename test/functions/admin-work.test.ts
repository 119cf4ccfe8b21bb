import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Report } from '../../shop/admin/figures.ts'
import type { WorkReport } from '../../shop/admin/work-report.ts'
import type { ComparedPage } from '../../shop/reconcile/compared-page.ts'
import { signInAsAdmin } from '../support/admin.ts'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { sell } from '../support/portal.ts'
import { buy, click, postAs } from '../support/sale.ts'

let platform: TestPlatform
let cookie: string

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
  cookie = await signInAsAdmin(platform)
})
afterAll(() => platform.close())
beforeEach(() => platform.pglite.exec('truncate jobs'))

async function ask<Answer>(door: string, body: object): Promise<{ status: number; body: Answer }> {
  const answer = await postAs(platform, door, body, { cookie })
  return { status: answer.status, body: (await answer.json()) as Answer }
}
const work = async () => (await ask<WorkReport>('/admin_work', {})).body

describe('the work of the shop', () => {
  it('is told: the queue, what was given up and why, and the last signs of life', async () => {
    await sell(platform, 'work@example.com')
    await platform.pglite.exec(`
      insert into jobs (id, kind, state, attempts, last_error, finished_at) values ('stuck', 'sync_order', 'dead', 10, 'it is broken', now())`)
    const report = await work()
    expect(report.kinds.find(({ kind }) => kind === 'sync_order')).toMatchObject({ dead: 1, done: 1 })
    expect(report.dead).toMatchObject([{ id: 'stuck', attempts: 10, last_error: 'it is broken' }])
    expect(Date.parse(report.event_at ?? '')).toBeGreaterThan(Date.now() - 60_000)
    expect(Date.parse(report.mail_at ?? '')).toBeGreaterThan(Date.now() - 60_000)
    expect(report).toMatchObject({ is_storage_well: true, held_mails: 0, night: null, sweep_at: null })
  })

  it('lets dead jobs be tried again, one or all, and wakes a worker', async () => {
    const die = (id: string) =>
      platform.rows(`insert into jobs (id, kind, state, finished_at) values ($1, 'sync_order', 'dead', now())`, [id])
    await die('one')
    await die('two')
    await die('three')
    const pokes = platform.store.state.pokes
    expect(await ask('/admin_redrive', { id: 'one' })).toMatchObject({ body: { revived: 1 } })
    expect(platform.store.state.pokes).toBe(pokes + 1)
    expect(await ask('/admin_redrive', { id: 'one' })).toMatchObject({ body: { revived: 0 } })
    expect(await ask('/admin_redrive', { id: 'all' })).toMatchObject({ body: { revived: 2 } })
    expect((await work()).dead).toEqual([])
  })

  it('compares with Stripe page by page, and the queue mends what differs', async () => {
    const sessionId = await buy(platform, 'book', { email: 'missed@example.com' })
    await platform.pglite.exec('truncate jobs')
    const findings: ComparedPage['findings'] = []
    let place: ComparedPage['next'] = null
    do {
      const page: ComparedPage = (await ask<ComparedPage>('/admin_reconcile', { days: 7, place })).body
      findings.push(...page.findings)
      place = page.next
    } while (place)
    expect(findings).toMatchObject([{ kind: 'missing_order', sale: sessionId, order_id: null }])
    await platform.work()
    expect(await platform.rows('select status from orders where stripe_session_id = $1', [sessionId])).toEqual([
      { status: 'paid' },
    ])
    const again = await ask<ComparedPage>('/admin_reconcile', { days: 7, place: null })
    expect(again.body.findings).toEqual([])
  })
})

describe('today', () => {
  it('counts what was sold, paid back, begun and clicked, by the shop’s own days', async () => {
    const before = (await ask<Report>('/admin_today', { days: 7 })).body.total
    const { orderId } = await sell(platform, 'today@example.com', 'print')
    await sell(platform, 'yen@example.com', 'yen')
    await click(platform, 'tool')
    const refund = { order_id: orderId, request_id: 'rfq_today', wish: { amount: 700 }, seen: 0 }
    expect((await ask('/admin_refund', refund)).status).toBe(200)
    await platform.store.settled()
    const { total, days, period } = (await ask<Report>('/admin_today', { days: 7 })).body
    const money = (currency: string, of: Report['total']) => of.money.find((one) => one.currency === currency)
    const eur = (name: 'sales' | 'refunds' | 'net') =>
      (money('eur', total)?.[name] ?? 0) - (money('eur', before)?.[name] ?? 0)
    expect([eur('sales'), eur('refunds'), eur('net')]).toEqual([2500, 700, 1800])
    expect(money('jpy', total)).toMatchObject({ sales: 1500, orders: 1, net: 1500 })
    expect([total.paid - before.paid, total.checkouts - before.checkouts, total.clicks - before.clicks]).toEqual([
      2, 2, 1,
    ])
    expect(days).toHaveLength(7)
    expect(days.at(-1)?.day).toBe(period.until)
    expect(days.at(-1)?.paid).toBe(total.paid)
    const day = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Berlin' }).format(new Date())
    expect(period.until).toBe(day)
  })

  it('answers for the periods that there are, and for no other', async () => {
    for (const days of [7, 30, 90, 365])
      expect((await ask<Report>('/admin_today', { days })).body.days).toHaveLength(days)
    for (const days of [0, 8, 1.5, '7', null]) expect((await ask('/admin_today', { days })).status).toBe(400)
  })
})
