import { performance } from 'node:perf_hooks'
import { type FilledShop, openShop } from './filled-shop.ts'
import { adminScreens, type Screen } from './screens.ts'

const SIZES = [50_000, 500_000]
const MOST_MS = 200
const MOST_GROWTH = 1.5
/** Below this a ratio says more about the machine's timer and its other work than about a statement. */
const FLOOR_MS = 5

type Figures = { median: number; p95: number }

/** Measures the data of every screen of the seller's pages at two sizes of the shop; returns how many targets were missed. */
export async function runAdmin({ quick }: { quick: boolean }): Promise<number> {
  const sizes = quick ? SIZES.map((size) => size / 10) : SIZES
  const shop = await openShop()
  try {
    const bySize: Map<string, Figures>[] = []
    for (const size of sizes) {
      await fill(shop, size)
      bySize.push(await measureAll(shop, quick ? 9 : 25))
    }
    return report(sizes, bySize)
  } catch (error) {
    // Said before the shop is closed under whatever else is still being asked.
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    throw error
  } finally {
    await shop.close()
  }
}

async function fill(shop: FilledShop, size: number): Promise<void> {
  const began = performance.now()
  await shop.fill(size)
  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  process.stderr.write(`${size} orders and ${size * 10} clicks, filled in ${seconds} s\n`)
}

async function measureAll(shop: FilledShop, rounds: number): Promise<Map<string, Figures>> {
  const screens = adminScreens(await findMiddle(shop))
  const times = new Map<string, number[]>(screens.map(({ name }) => [name, []]))
  // In turns, so that a busy moment of the machine falls on all alike; the first round only warms up.
  for (let round = 0; round <= rounds; round++)
    for (const screen of screens) {
      const took = await time(shop, screen)
      if (round > 0) times.get(screen.name)?.push(took)
    }
  return new Map([...times].map(([name, taken]) => [name, figuresOf(taken)]))
}

async function time({ app }: FilledShop, { load }: Screen): Promise<number> {
  const began = performance.now()
  await load(app)
  return performance.now() - began
}

function figuresOf(times: number[]): Figures {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
  return { median: at(0.5), p95: at(0.95) }
}

async function findMiddle({ postgres }: FilledShop) {
  const [row] = await postgres.target.db<{
    id: string
    session: string
    payment: string
    email: string
    cursor: string
  }>`
    select id, stripe_session_id as session, stripe_payment_intent_id as payment, email,
      to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '_' || id as cursor
    from orders where status = 'paid' order by created_at desc offset (select count(*) / 2 from orders) limit 1`
  if (!row) throw new Error('the shop has no orders')
  return row
}

function report([small = 0, large = 0]: number[], [before, after]: Map<string, Figures>[]): number {
  let missed = 0
  const lines = [...(after ?? [])].map(([name, { median, p95 }]) => {
    const first = before?.get(name)?.median ?? 0
    const growth = Math.max(median, FLOOR_MS) / Math.max(first, FLOOR_MS)
    const isMet = p95 <= MOST_MS && growth <= MOST_GROWTH
    if (!isMet) missed += 1
    return `| ${name} | ${first.toFixed(1)} | ${median.toFixed(1)} | ${p95.toFixed(1)} | ${growth.toFixed(2)} | ${isMet ? 'met' : 'MISSED'} |`
  })
  const head = `| Screen | ${small} orders, median ms | ${large} orders, median ms | p95 ms | growth | |`
  process.stdout.write(`${[head, '| --- | --: | --: | --: | --: | --- |', ...lines].join('\n')}\n\n`)
  process.stdout.write(
    `Targets: p95 at most ${MOST_MS} ms; growth of the median at most ${MOST_GROWTH}, times below ${FLOOR_MS} ms counted as that.\n`,
  )
  return missed
}
