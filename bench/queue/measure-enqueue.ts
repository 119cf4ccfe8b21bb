import type { Delivery, Queue } from './contender.ts'
import { inParallel } from './in-parallel.ts'
import { summarise } from './statistics.ts'

/** `p50` in microseconds one at a time; `rate` in deliveries a second, 50 at once. */
export type EnqueueFigures = { p50: number; rate: number }

const CONCURRENT = 50
/** Stripe delivers some events again; here every tenth. */
const REPEATED = 10

/** Enqueues deliveries, some of them twice, and checks that each has made one job. */
export async function measureEnqueue(
  queue: Queue,
  { single, burst }: { single: number; burst: number },
): Promise<EnqueueFigures> {
  const warmUp = CONCURRENT * 4
  await inParallel(deliveries('warm', warmUp), CONCURRENT, queue.enqueue)
  const times: number[] = []
  for (const delivery of deliveries('one', single)) times.push(await timed(() => queue.enqueue(delivery)))
  const many = deliveries('many', burst)
  const elapsed = await timed(() => inParallel(many, CONCURRENT, queue.enqueue))
  const [open, expected] = [await queue.countOpen(), warmUp + single + burst]
  // Every delivery once: the repeated ones are additional.
  const distinct = expected - [warmUp, single, burst].reduce((sum, n) => sum + repeats(n), 0)
  if (open !== distinct) throw new Error(`${expected} deliveries of ${distinct} events made ${open} jobs`)
  return { p50: summarise(times).median * 1000, rate: (burst / elapsed) * 1000 }
}

const repeats = (count: number) => Math.floor(count / REPEATED)

function deliveries(prefix: string, count: number): Delivery[] {
  return Array.from({ length: count }, (_, i) => {
    const number = i % REPEATED === REPEATED - 1 ? i - 1 : i
    const id = `stripe:evt_${prefix}_${number}`
    return { id, body: { id, text: 'x'.repeat(960) } }
  })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
