import { startCheckout } from '../../shop/checkout/start-checkout.ts'
import type { Call } from './actor.ts'
import { createChance } from './chance.ts'
import type { Kill } from './fates.ts'
import { FLOWS, type Flow, type FlowName } from './flows.ts'
import { judge } from './judge.ts'
import { startPlatform } from './run-seed.ts'
import type { SimulatedDatabase } from './simulated-database.ts'
import { stockShop } from './stock.ts'
import { CALM } from './weather.ts'
import { createWorld, type World } from './world.ts'

/** One run of a flow: every await from its beginning until all is quiet, and what was wrong in the end. */
export type FlowRun = { calls: Call[]; faults: string[]; seconds: number }

export type KillReport = {
  flow: FlowName
  points: number
  failures: { kills: Kill[]; faults: string[] }[]
  slowest: number
}

const SEED = 7

/** Runs a flow once, killed at these points. */
export async function runFlow(database: SimulatedDatabase, name: FlowName, kills: Kill[]): Promise<FlowRun> {
  const flow: Flow = FLOWS[name]
  const world = await createWorld({ database, seed: SEED, weather: CALM, kills })
  try {
    await stockShop(database)
    const platform = startPlatform(world, { reconciles: flow.reconciles ?? false })
    const sessionId = await openSession(world)
    await flow.before(world, sessionId)
    const [firstCall, begunAt] = [world.calls.length, world.timeline.now()]
    flow.begin(world, sessionId)
    // A reconciler that was killed comes again at the next quarter.
    await platform.calmDown(flow.reconciles ? 1 + 16 * kills.length : 1)
    const verdict = await judge(world, [{ plot: flow.plot, sessionId, isOurs: true, blocked: [] }])
    const dead = await database.rows<{ id: string }>(`select id from jobs where state = 'dead'`)
    const faults = [...verdict.faults, ...world.violations, ...dead.map(({ id }) => `job ${id} is dead`)]
    return { calls: world.calls.slice(firstCall), faults, seconds: (world.timeline.now() - begunAt) / 1000 }
  } finally {
    await world.close()
  }
}

const BUYER = { claim: 'a claim', backTo: '/store/book/', address: '10.0.0.1' }

/** A buyer opens the payment page for one book. @returns the checkout session */
export async function openSession(world: World): Promise<string> {
  const basket = { items: [{ slug: 'book', quantity: 1 }] }
  let id = ''
  void world
    .spawn('checkout', (app) => startCheckout(app, basket, BUYER))
    .then((end) => {
      const begun = end.kind === 'done' && end.value.kind === 'begun' ? end.value.url : ''
      id = /cs_test_\w+/.exec(begun)?.[0] ?? ''
    })
  await world.timeline.run(() => id !== '' && world.actors() === 0)
  world.claims.set(id, BUYER.claim)
  return id
}

/**
 * Kills a flow at every one of its awaits on both sides of the effect, and freezes it there until others have taken over: three runs for
 * each await, which are counted by running the flow once.
 */
export async function killEverywhere(database: SimulatedDatabase, flow: FlowName): Promise<KillReport> {
  const { calls, faults } = await runFlow(database, flow, [])
  const report: KillReport = { flow, points: 0, failures: [], slowest: 0 }
  if (faults.length > 0) report.failures.push({ kills: [], faults })
  for (const kill of pointsOf(calls)) await attempt({ database, report }, [kill])
  return report
}

type Sample = { share: number; seed: number; onPoint?: (report: KillReport) => void }

/** Kills a flow at every await and then its recovery at every await again; `share` of these pairs, picked by the seed. */
export async function killTwice(
  database: SimulatedDatabase,
  flow: FlowName,
  { share, seed, onPoint }: Sample,
): Promise<KillReport> {
  const chance = createChance(seed)
  const { calls } = await runFlow(database, flow, [])
  const report: KillReport = { flow, points: 0, failures: [], slowest: 0 }
  // Half of the sampling on each level: every recovery that is looked into costs a run of its own.
  const isPicked = () => share === 1 || chance.hits(Math.sqrt(share))
  for (const first of pointsOf(calls).filter(isPicked)) {
    const recovery = (await runFlow(database, flow, [first])).calls.filter(({ index }) => index > first.index)
    for (const second of pointsOf(recovery).filter(isPicked)) {
      await attempt({ database, report }, [first, second])
      onPoint?.(report)
    }
  }
  return report
}

/** A worker may stand still for longer than a lease, a page's function as long as others need to overtake it; the rest is soon ended. */
function pointsOf(calls: Call[]): Kill[] {
  return calls.flatMap(({ index, kind }): Kill[] => [
    { index, side: 'before' },
    { index, side: 'after' },
    ...(kind === 'worker' || kind === 'success' ? [{ index, side: 'frozen' } as const] : []),
  ])
}

async function attempt(
  { database, report }: { database: SimulatedDatabase; report: KillReport },
  kills: Kill[],
): Promise<void> {
  const { faults, seconds } = await runFlow(database, report.flow, kills)
  report.points += 1
  report.slowest = Math.max(report.slowest, seconds)
  if (faults.length > 0) report.failures.push({ kills, faults })
}
