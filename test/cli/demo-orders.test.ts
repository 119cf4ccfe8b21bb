import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillOrders, removeOrders } from '../../cli/commands/demo/fill-orders.ts'
import { listSales } from '../../shop/admin/list-sales.ts'
import { gatherOrder } from '../../shop/orders/gather-order.ts'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { sell } from '../support/portal.ts'
import { paperTerminal } from './paper-terminal.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())

const fill = (orders: number, clicks: number) => fillOrders(platform.app(), { orders, clicks }, paperTerminal())
const counts = async () => {
  const tables = [
    'orders',
    'order_items',
    'refunds',
    'disputes',
    'emails',
    'jobs',
    'checkouts',
    'downloads',
    'affiliate_clicks',
  ]
  const rows = await platform.rows<{ name: string; n: number }>(
    tables.map((table) => `select '${table}' as name, count(*)::int as n from ${table}`).join(' union all '),
  )
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]))
}

describe('imagined orders', () => {
  it('leave behind what real ones do, are added up to a number, and go without a trace', async () => {
    const { orderId } = await sell(platform, 'real@example.com')
    const before = { rows: await counts(), sales: await listSales(platform.app(), 365) }
    expect(await fill(600, 300)).toEqual({ orders: 600, clicks: 300 })
    expect(await fill(600, 300)).toEqual({ orders: 0, clicks: 0 })
    expect(await fill(700, 0)).toEqual({ orders: 100, clicks: 0 })
    const full = await counts()
    for (const [table, count] of Object.entries(full)) expect(count, table).toBeGreaterThan(before.rows[table] ?? 0)
    const states = await platform.rows<{ status: string }>('select distinct status from orders')
    expect(states.length).toBeGreaterThanOrEqual(5)
    expect((await gatherOrder(platform.app(), 'ord_demo000000001')).timeline.length).toBeGreaterThan(1)
    expect(await removeOrders(platform.app())).toEqual({ orders: 700, clicks: 300 })
    expect(await counts()).toEqual(before.rows)
    expect(await listSales(platform.app(), 365)).toEqual(before.sales)
    expect((await gatherOrder(platform.app(), orderId)).order.status).toBe('paid')
  })
})
