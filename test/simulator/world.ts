import { randomBytes } from 'node:crypto'
import { openOrder } from '../../shop/downloads/open-order.ts'
import { HANDLERS } from '../../workers/registry.ts'
import { runWorker } from '../../workers/runtime/run-worker.ts'
import { sweepJobs } from '../../workers/sweep-jobs.ts'
import { watchStripe } from '../../workers/watch-stripe.ts'
import { replaceAmbient } from './ambient.ts'
import { createChance } from './chance.ts'
import { createFates, type Kill } from './fates.ts'
import { createMemoryWaker } from './memory-waker.ts'
import { deliver } from './network.ts'
import { createPorts } from './ports.ts'
import { watchQueue } from './queue-watch.ts'
import type { SimulatedDatabase } from './simulated-database.ts'
import { createStage, describeError, type Stage } from './stage.ts'
import { createTimeline } from './timeline.ts'
import { createVendors } from './vendors.ts'
import type { Weather } from './weather.ts'

export type World = Awaited<ReturnType<typeof createWorld>>

type Options = { database: SimulatedDatabase; seed: number; weather: Weather; kills?: Kill[] }

/** A Monday morning; every run begins at the same virtual time. */
const BEGINNING = Date.UTC(2026, 10, 23, 10)
/** As functions/run_jobs-background.ts has them. */
const LIMITS = { batch: 10, leaseSeconds: 60, budgetSeconds: 720 }
/** The platform repeats a background function that threw, after one and after two minutes. */
const REPEATS_MS = [60_000, 120_000]

/**
 * A shop and the world around it, in one process and in virtual time: the shop's own code on simulated ports, the emulators of Stripe and
 * Resend, and a platform that starts functions, ends them, and loses things. Nothing happens until `timeline.run`.
 */
export async function createWorld({ database, seed, weather, kills = [] }: Options) {
  const notes = createNotes(() => timeline.now(), weather)
  const { count, report } = notes
  const chance = createChance(seed)
  const timeline = createTimeline(BEGINNING)
  const surroundings = { timeline, chance, weather: () => notes.weather, count, report }
  const send = (request: Request) => deliver({ ...surroundings, spawn: stage.spawn }, request)
  const vendors = createVendors({ ...surroundings, send })
  const restore = replaceAmbient({ timeline, chance, fetch: vendors.fetch })
  await database.reset(seed)
  const startWorker = () => void timeline.after(chance.between(50, 500), () => void work(stage.spawn, REPEATS_MS))
  const work = async (spawn: Stage['spawn'], repeats: readonly number[]): Promise<void> => {
    const holder = randomBytes(8).toString('hex')
    const end = await spawn('worker', (app) => runWorker(app, HANDLERS, { ...LIMITS, holder }))
    const [wait, ...later] = repeats
    if (end.kind === 'threw' && wait) timeline.after(wait, () => void work(spawn, later))
  }
  const waker = createMemoryWaker({ ...surroundings, startWorker })
  const fates = createFates({ ...surroundings, kills })
  const stage = createStage({
    ...surroundings,
    database,
    fates,
    watch: watchQueue(report, () => timeline.now()),
    ports: createPorts({ ...surroundings, fetch: vendors.fetch, waker }),
  })
  /** The claim of each session's buyer. */
  const claims = new Map<string, string>()
  return {
    ...surroundings,
    seed,
    vendors,
    database,
    startWorker,
    beganAt: BEGINNING,
    counts: notes.counts,
    violations: notes.violations,
    fail: notes.fail,
    isBroken: () => notes.isBroken,
    setWeather: notes.setWeather,
    calls: fates.calls,
    trace: fates.trace,
    spawn: stage.spawn,
    /** How many functions are running. */
    actors: stage.size,
    claims,
    /** What a buyer's browser does on /success. */
    openSuccess: (sessionId: string) => {
      const claim = claims.get(sessionId) ?? null
      return stage.spawn('success', (app) => openOrder(app, { sessionId, claim }))
    },
    sweep: () => stage.spawn('sweep', (app) => sweepJobs(app)),
    reconcile: () => stage.spawn('reconcile', (app) => watchStripe(app)),
    async close() {
      await vendors.close()
      restore()
    },
  }
}

/** What is written down of a run. */
function createNotes(now: () => number, first: Weather) {
  const counts = new Map<string, number>()
  const violations: string[] = []
  const notes = {
    counts,
    violations,
    weather: first,
    isBroken: false,
    count: (what: string) => void counts.set(what, (counts.get(what) ?? 0) + 1),
    report: (violation: string) => void violations.push(`${new Date(now()).toISOString().slice(5, 23)} ${violation}`),
    /** For what must never go wrong in the simulation itself: it ends the run. */
    fail: (error: unknown) => {
      notes.isBroken = true
      notes.report(`the simulation failed: ${describeError(error)}`)
    },
    setWeather: (next: Weather) => {
      notes.weather = next
    },
  }
  return notes
}
