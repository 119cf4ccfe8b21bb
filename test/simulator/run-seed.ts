import { redriveJobs } from '../../db/job-care.ts'
import { judge, type Verdict } from './judge.ts'
import { play, plotOf, type Tale } from './plots.ts'
import type { SimulatedDatabase } from './simulated-database.ts'
import { makeFreeCode, stockShop } from './stock.ts'
import { CALM, type Weather, weatherOf } from './weather.ts'
import { createWorld, type World } from './world.ts'

export type SeedReport = {
  seed: number
  sessions: number
  /** After the storm, without the reconciler: only sessions whose events all arrived and whose jobs all lived must be right. */
  unaided: Verdict
  /** In the end, with the reconciler: every session must be right. */
  final: Verdict
  violations: string[]
  counts: Record<string, number>
  /** The same number for the same seed, if the run really is the same. */
  trace: number
  realMs: number
  virtualMinutes: number
}

export type SeedOptions = { database: SimulatedDatabase; seed: number; sessions?: number; weather?: Weather }

const MINUTE = 60_000
/** Sales begin within this time. */
const OPENING_MINUTES = 30
/** Longer than the longest chain of waits that a storm leaves behind: ten attempts, six hours apart at most. */
const PATIENCE_MINUTES = 60 * 48

/** A storm over a few hundred deliveries, its healing, and the judgement. */
export async function runSeed({
  database,
  seed,
  sessions = 150,
  weather = weatherOf(seed),
}: SeedOptions): Promise<SeedReport> {
  const begunAt = performance.now()
  const world = await createWorld({ database, seed, weather })
  try {
    await stockShop(database)
    await makeFreeCode(world.vendors)
    // Every second storm has the reconciler at work in it, and killed in it like everything else.
    const platform = startPlatform(world, { reconciles: seed % 2 === 0 })
    const tales = await storm(world, sessions)
    world.setWeather(CALM)
    await platform.calmDown()
    const unaided = await judge(world, tales, await exemptions(world))
    platform.startReconciling()
    await redrive(world)
    await platform.calmDown(40)
    const final = await judge(world, tales)
    return {
      seed,
      sessions: tales.length,
      unaided,
      final,
      violations: world.violations,
      counts: Object.fromEntries([...world.counts].sort()),
      trace: world.trace(),
      realMs: performance.now() - begunAt,
      virtualMinutes: Math.round((world.timeline.now() - world.beganAt) / MINUTE),
    }
  } finally {
    await world.close()
  }
}

async function storm(world: World, sessions: number): Promise<Tale[]> {
  const tales: Tale[] = []
  let open = sessions
  for (let place = 0; place < sessions; place++) {
    const begin = async () => {
      const tale = await play(world, plotOf(place))
      if (tale) tales.push(tale)
      else world.count('checkout never began')
      open -= 1
    }
    world.timeline.after(world.chance.between(0, OPENING_MINUTES * MINUTE), () => void begin().catch(world.fail))
  }
  await world.timeline.run(() => open === 0 || world.isBroken())
  await world.timeline.run(until(world, world.timeline.now() + 5 * MINUTE))
  return tales
}

/** What happens by the clock: Stripe's timers and deliveries, the minutely sweep, the reconciler every quarter of an hour. */
export function startPlatform(world: World, { reconciles }: { reconciles: boolean }) {
  const { timeline, vendors, chance } = world
  let isReconciling = reconciles
  const every = (ms: number, act: () => void) => {
    const wait = ms - (timeline.now() % ms)
    timeline.after(wait, () => {
      act()
      every(ms, act)
    })
  }
  every(1_000, () => {
    void vendors.stripe.settleDue().catch(world.fail)
    void vendors.stripe.deliverDue().catch(world.fail)
  })
  every(MINUTE, () => {
    if (!chance.hits(world.weather().sweep.skipped)) void world.sweep()
  })
  every(15 * MINUTE, () => {
    if (isReconciling) void world.reconcile()
  })
  return {
    startReconciling: () => {
      isReconciling = true
    },
    /** Lets at least `minutes` pass, and then as many as it takes until nothing is left to do. */
    async calmDown(minutes = 1): Promise<void> {
      await timeline.run(until(world, timeline.now() + minutes * MINUTE))
      const latest = timeline.now() + PATIENCE_MINUTES * MINUTE
      while (!(await isQuiet(world))) {
        if (timeline.now() > latest) return world.report('work is left after two days of calm')
        if (world.isBroken()) return
        // Not at a full minute, when a sweep has just begun.
        await timeline.run(until(world, timeline.now() + MINUTE + 7_000))
      }
    },
  }
}

async function isQuiet(world: World): Promise<boolean> {
  const { books } = world.vendors.world
  const isOver = books.timers.all().every(({ kind }) => kind === 'expire_session') && books.pending.all().length === 0
  if (!isOver || world.actors() > 0) return false
  const [open] = await world.database.rows<{ jobs: number }>(
    `select count(*)::int as jobs from jobs where state = 'open'`,
  )
  return open?.jobs === 0
}

function until(world: World, time: number): () => boolean {
  return () => world.timeline.now() >= time || world.isBroken()
}

/** Sessions of which an event was never delivered, or a job was given up: only the reconciler or a person can put those right. */
async function exemptions(world: World): Promise<(tale: Tale) => boolean> {
  const { books } = world.vendors.world
  const dropped = books.deliveries.all().filter(({ state }) => state !== 'delivered')
  const exempt = new Set(dropped.map(({ event }) => books.events.get(event)?.session))
  const dead = await world.database.rows<{
    id: string
    session: string | null
    intent: string | null
    mail: string | null
  }>(
    `select id, payload ->> 'stripe_session_id' as session, payload ->> 'stripe_payment_intent_id' as intent,
       (select o.stripe_session_id from emails e join orders o on o.id = e.order_id where e.id = jobs.payload ->> 'email_id') as mail
     from jobs where state = 'dead'`,
  )
  for (const { session, intent, mail } of dead)
    exempt.add(session ?? mail ?? (intent && books.sessionOf.of(intent)[0]) ?? null)
  world.counts.set('dead letters after the storm', dead.length)
  return ({ sessionId }) => exempt.has(sessionId)
}

/** What the seller does on reading of dead letters. */
async function redrive(world: World): Promise<void> {
  const db = world.database.connect(world.timeline, () => undefined)
  const revived = await redriveJobs(db, 'all')
  if (revived.length > 0) world.startWorker()
}
