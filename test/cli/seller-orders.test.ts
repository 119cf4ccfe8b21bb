import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMMANDS } from '../../cli/commands/command-table.ts'
import { runTill } from '../../cli/commands/run-till.ts'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { sell } from '../support/portal.ts'
import { expectErrors } from '../support/quiet.ts'
import { click } from '../support/sale.ts'
import { paperTerminal } from './paper-terminal.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())

async function till(line: string, answer: boolean | null = null) {
  const paper = paperTerminal(answer)
  const code = await runTill(line.split(' '), {
    commands: COMMANDS,
    terminal: paper.terminal,
    connect: (work) => work({ app: platform.app(), folder: '' }),
  })
  return { code, out: paper.out.join('\n'), err: paper.err.join('\n'), asked: paper.asked }
}

const refunds = (orderId: string) =>
  platform.rows('select amount::int, state from refund_requests where order_id = $1 order by requested_at', [orderId])
const changes = (orderId: string) =>
  platform.rows('select actor, change from order_changes where order_id = $1 order by id', [orderId])

describe('till orders', () => {
  it('lists, finds, filters, pages and answers with JSON', async () => {
    const first = await sell(platform, 'list.one@example.com')
    const second = await sell(platform, 'list.two@example.com', 'print')
    const all = await till('orders list. --json')
    expect(JSON.parse(all.out)).toMatchObject({ orders: [{ id: second.orderId }, { id: first.orderId }], next: null })
    const page = await till('orders list. --limit 1')
    expect(page.out).toContain(second.orderId)
    expect(page.out).toContain('25.00 EUR')
    const after = /--after (\S+)/.exec(page.err)?.[1]
    expect((await till(`orders list. --limit 1 --after ${after}`)).out).toContain(first.orderId)
    expect((await till('orders --state refunded')).out).toBe('No order is like that.')
    expect((await till('orders nobody@example.com')).code).toBe(0)
  })

  it.each(['orders --state odd', 'orders --limit 0', 'orders --limit x', 'orders a b'])('refuses %s', async (line) => {
    expect((await till(line)).code).toBe(2)
  })

  it('does not take a place that it has not named', async () => {
    expect(await till('orders --after yesterday')).toMatchObject({ code: 1, err: 'after is not valid.' })
  })
})

describe('till order', () => {
  it('show tells what was bought and what happened', async () => {
    const { orderId, itemId } = await sell(platform, 'show@example.com')
    const { out, code } = await till(`order show ${orderId}`)
    expect(code).toBe(0)
    for (const said of [orderId, itemId, 'show@example.com', '19.00 EUR', 'A Book & More', 'receipt'])
      expect(out).toContain(said)
    expect(JSON.parse((await till(`order show ${orderId} --json`)).out)).toMatchObject({
      order: { id: orderId },
      rest: 1900,
    })
    expect((await till('order show ord_nobodys')).code).toBe(1)
  })

  it('refund asks with the sum and the buyer, does nothing without a yes, and pays back with one', async () => {
    const { orderId } = await sell(platform, 'refund@example.com')
    const dry = await till(`order refund ${orderId} --amount 4.50 --dry-run`)
    expect(dry.out).toBe(`This would pay 4.50 EUR of order ${orderId} back to refund@example.com. Nothing was done.`)
    expect(await till(`order refund ${orderId} --amount 4.50`, false)).toMatchObject({
      code: 1,
      asked: [`Pay 4.50 EUR of order ${orderId} back to refund@example.com?`],
    })
    expect((await till(`order refund ${orderId} --amount 4.50`)).code).toBe(2)
    expect(await refunds(orderId)).toEqual([])
    const done = await till(`order refund ${orderId} --amount 4.50`, true)
    expect(done).toMatchObject({ code: 0, out: expect.stringMatching(/^4\.50 EUR is paid back: re_/) })
    expect(await refunds(orderId)).toEqual([{ amount: 450, state: 'made' }])
    expect(await changes(orderId)).toMatchObject([{ actor: 'till', change: { refund: { amount: 450 } } }])
  })

  it('refund twice pays back once: the same again is refused, and the same request is the same refund', async () => {
    const { orderId } = await sell(platform, 'again@example.com')
    expect((await till(`order refund ${orderId} --amount 5 --yes`)).code).toBe(0)
    expect(await till(`order refund ${orderId} --amount 5 --yes`)).toMatchObject({
      code: 1,
      err: expect.stringContaining('within the last day'),
    })
    expect((await till(`order refund ${orderId} --amount 6 --request rfq_mine --yes`)).code).toBe(0)
    expect((await till(`order refund ${orderId} --amount 6 --request rfq_mine --yes`)).code).toBe(0)
    expect(await refunds(orderId)).toMatchObject([{ amount: 500 }, { amount: 600 }])
    expect((await till(`order refund ${orderId} --amount 5 --again --yes`)).code).toBe(0)
    expect(await till(`order refund ${orderId} --amount 9 --yes`)).toMatchObject({
      code: 1,
      err: expect.stringContaining('more than what is left'),
    })
  })

  it('refund of items and of all that is left', async () => {
    const { orderId, itemId } = await sell(platform, 'parts@example.com')
    expect(await till(`order refund ${orderId} --items itm_strange --yes`)).toMatchObject({
      code: 1,
      err: expect.stringContaining('has no item'),
    })
    expect((await till(`order refund ${orderId} --items ${itemId} --yes`)).code).toBe(0)
    expect(await till(`order refund ${orderId} --yes`)).toMatchObject({
      code: 1,
      err: expect.stringContaining('Nothing is left'),
    })
  })

  it('refund that Stripe does not answer about ends with 1, and the queue makes it once', async () => {
    expectErrors()
    const { orderId } = await sell(platform, 'down@example.com')
    platform.faults.put({ service: 'stripe', mode: 'accept_then_reset', count: 2, path: '/v1/refunds' })
    const lost = await till(`order refund ${orderId} --yes`)
    platform.faults.put({ service: 'stripe', mode: 'reset', count: 0 })
    expect(lost).toMatchObject({ code: 1, err: expect.stringContaining('is written down') })
    expect(await till(`order refund ${orderId} --yes`)).toMatchObject({
      code: 1,
      err: expect.stringContaining('under way'),
    })
    await platform.pglite.exec(`update jobs set due_at = now() where kind = 'make_refund' and state = 'open'`)
    await platform.work()
    expect(await refunds(orderId)).toEqual([{ amount: 1900, state: 'made' }])
    expect(await platform.rows('select count(*)::int as n from refunds where order_id = $1', [orderId])).toEqual([
      { n: 1 },
    ])
  })

  it.each(['--amount x', '--amount 0', '--amount 1.234', '--amount 1 --items itm_aaaa', '--items ,', '--request mine'])(
    'refund refuses %s',
    async (options) => {
      const { orderId } = await sell(platform, `bad${options.length}@example.com`)
      expect((await till(`order refund ${orderId} ${options} --yes`)).code).toBe(2)
      expect(await refunds(orderId)).toEqual([])
    },
  )

  it('resend, revoke, restore and sync do what they say and are noted', async () => {
    const { orderId, itemId } = await sell(platform, 'care@example.com')
    expect(await till(`order resend ${orderId}`)).toMatchObject({
      code: 0,
      out: expect.stringContaining('care@example.com'),
    })
    expect((await till(`order revoke ${orderId} ${itemId} --dry-run`)).out).toContain('would be taken away')
    expect((await till(`order revoke ${orderId} ${itemId}`)).out).toBe('Access to "A Book & More" is taken away.')
    expect((await till(`order revoke ${orderId} ${itemId}`)).out).toContain('already')
    expect((await till(`order restore ${orderId} ${itemId}`)).out).toContain('given back')
    expect((await till(`order revoke ${orderId} itm_strange`)).err).toContain(itemId)
    expect((await till(`order sync ${orderId}`)).out).toBe(`Order ${orderId} is paid.`)
    expect(await changes(orderId)).toEqual([
      { actor: 'till', change: { receipt: 'sent again' } },
      { actor: 'till', change: { revoked: 'A Book & More' } },
      { actor: 'till', change: { restored: 'A Book & More' } },
      { actor: 'till', change: { synced: true } },
    ])
    const nobodys = [
      'show ord_x',
      'refund ord_x',
      'resend ord_x',
      'sync ord_x',
      'revoke ord_x itm_x',
      'restore ord_x itm_x',
    ]
    for (const line of nobodys) expect((await till(`order ${line}`)).code, line).toBe(1)
  })
})

describe('till sales and till clicks', () => {
  it('sum up by day, in each currency, and by product', async () => {
    await sell(platform, 'yen@example.com', 'yen')
    await click(platform, 'tool')
    await platform.store.settled()
    const report = JSON.parse((await till('sales --days 2 --json')).out) as {
      total: { paid: number; money: { currency: string }[] }
    }
    const [row] = await platform.rows<{ n: number }>('select count(*)::int as n from orders where paid_at is not null')
    expect(report.total.paid).toBe(row?.n)
    const { out } = await till('sales --days 2')
    expect(out).toContain('1,500 JPY')
    expect(out).toMatch(/in all .* EUR/)
    expect(out).toContain('#')
    expect(JSON.parse((await till('clicks --json')).out)).toMatchObject({
      total: 1,
      products: [{ slug: 'tool', clicks: 1 }],
    })
    expect((await till('clicks')).out).toContain('tool')
    expect((await till('sales --days 0')).code).toBe(2)
  })

  it('explain themselves', async () => {
    for (const verb of [
      'orders',
      'order show',
      'order refund',
      'order resend',
      'order revoke',
      'order restore',
      'order sync',
      'sales',
      'clicks',
    ]) {
      const { out, code } = await till(`${verb} --help`)
      expect([verb, code]).toEqual([verb, 0])
      expect(out).toContain(`npm run till -- ${verb}`)
      expect(out.match(/npm run till -- /g)?.length, verb).toBeGreaterThan(1)
    }
  })
})
