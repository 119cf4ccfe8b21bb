import {
  addDemoClicks,
  addDemoOrders,
  countDemoOrders,
  removeDemoClicks,
  removeDemoOrders,
  type Span,
} from '../../../db/demo-orders.ts'
import { foldFigures } from '../../../db/figures.ts'
import type { App } from '../../../shop/app.ts'
import type { Terminal } from '../command.ts'

/** Rows of one statement: enough that the number of statements does not matter, and few enough for a database's memory. */
const ORDERS_AT_ONCE = 1_000
const CLICKS_AT_ONCE = 10_000
const LINES_AT_ONCE = 50_000

type Wanted = { orders: number; clicks: number }
type Means = { terminal: Pick<Terminal, 'progress' | 'stopping'> }

/** Fills the shop up to so many imagined orders and clicks; those that are there stay. @returns how many were added */
export async function fillOrders(app: App, wanted: Wanted, { terminal }: Means): Promise<Wanted> {
  const there = await countDemoOrders(app.db)
  const added = { orders: 0, clicks: 0 }
  for (const span of spans(there.orders, wanted.orders, ORDERS_AT_ONCE)) {
    if (terminal.stopping.aborted) return added
    added.orders += await addDemoOrders(app.db, span)
    terminal.progress(`${span.to} of ${wanted.orders} orders`)
    await fold(app)
  }
  for (const span of spans(there.clicks, wanted.clicks, CLICKS_AT_ONCE)) {
    if (terminal.stopping.aborted) return added
    added.clicks += await addDemoClicks(app.db, span)
    terminal.progress(`${span.to} of ${wanted.clicks} clicks`)
    await fold(app)
  }
  return added
}

/** Takes all imagined orders and clicks away. @returns how many */
export async function removeOrders(app: App): Promise<Wanted> {
  const orders = await untilNone(() => removeDemoOrders(app.db, ORDERS_AT_ONCE))
  const clicks = await untilNone(() => removeDemoClicks(app.db, CLICKS_AT_ONCE))
  await fold(app)
  return { orders, clicks }
}

function spans(there: number, wanted: number, size: number): Span[] {
  const count = Math.max(0, Math.ceil((wanted - there) / size))
  return Array.from({ length: count }, (_, n) => {
    const from = there + n * size + 1
    return { from, to: Math.min(from + size - 1, wanted) }
  })
}

async function fold({ db, shop: { timeZone } }: App): Promise<void> {
  await untilNone(() => foldFigures(db, { timeZone, limit: LINES_AT_ONCE }))
}

async function untilNone(work: () => Promise<number>): Promise<number> {
  let all = 0
  for (let some = await work(); some > 0; some = await work()) all += some
  return all
}
