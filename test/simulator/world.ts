import { randomBytes } from 'node:crypto'
import { createMailer } from '../../adapters/resend.ts'
import { createPayments } from '../../adapters/stripe.ts'
import { createTokens } from '../../adapters/tokens.ts'
import type { App, DigestStore } from '../../shop/app.ts'
import { openOrder } from '../../shop/downloads/open-order.ts'
import { ShopError, VendorDown } from '../../shop/errors.ts'
import { formatId } from '../../shop/ids.ts'
import { receiveEvent } from '../../shop/payments/receive-event.ts'
import shop from '../../shop.config.ts'
import { HANDLERS } from '../../workers/registry.ts'
import { runWorker } from '../../workers/runtime/run-worker.ts'
import { sweepJobs } from '../../workers/sweep-jobs.ts'
import { watchStripe } from '../../workers/watch-stripe.ts'
import { type Actor, type ActorKind, type Call, createActor, type Fate } from './actor.ts'
import { replaceAmbient } from './ambient.ts'
import { type Chance, createChance } from './chance.ts'
import { gate } from './gate.ts'
import { createMemoryWaker } from './memory-waker.ts'
import { watchQueue } from './queue-watch.ts'
import type { SimulatedDatabase } from './simulated-database.ts'
import { createTimeline, type Timeline } from './timeline.ts'
import { createVendors, RESEND_BASE, running, SITE_URL, STRIPE_BASE, type Vendors, WEBHOOK_SECRET } from './vendors.ts'
import type { Weather } from './weather.ts'

/** How an actor ended. */
export type End<Result> = { kind: 'done'; value: Result } | { kind: 'threw'; error: unknown } | { kind: 'crashed' }

/** Where one await is cut, in the order in which they are made. */
export type Kill = { index: number; side: 'before' | 'after' }

export type World = Awaited<ReturnType<typeof createWorld>>

type Options = { database: SimulatedDatabase; seed: number; weather: Weather; kills?: Kill[] }

/** A Monday morning; every run begins at the same virtual time. */
const BEGINNING = Date.UTC(2026, 10, 23, 10)
/** As functions/run_jobs-background.ts and the platform have them: the longest that each kind of function may run, in milliseconds. */
const LIMITS = { batch: 10, leaseSeconds: 60, budgetSeconds: 720 }
const LONGEST: Record<ActorKind, number> = {
  checkout: 60_000,
  webhook: 60_000,
  success: 60_000,
  worker: 900_000,
  sweep: 30_000,
  reconcile: 30_000,
}

/**
 * A shop and the world around it, in one process and in virtual time: the shop's own code on simulated ports, the emulators of Stripe and
 * Resend, and a platform that starts functions, ends them, and loses things. Nothing happens until `timeline.run`.
 */
export async function createWorld({ database, seed, weather, kills = [] }: Options) {
  const chance = createChance(seed)
  const timeline = createTimeline(BEGINNING)
  const counts = new Map<string, number>()
  const count = (what: string) => void counts.set(what, (counts.get(what) ?? 0) + 1)
  const violations: string[] = []
  const report = (violation: string) => void violations.push(`${clock(timeline)} ${violation}`)
  const state = { weather, calls: [] as Call[], trace: 0, actors: new Set<Actor>(), isBroken: false }
  const watch = watchQueue(report, () => timeline.now())
  const vendors: Vendors = createVendors({ timeline, chance, weather: () => state.weather, send: deliver, count })
  const restore = replaceAmbient({ timeline, chance, fetch: vendors.fetch })
  await database.reset(seed)
  const waker = createMemoryWaker({ chance, weather: () => state.weather, startWorker: () => startWorker([]), count })
  const shared = {
    shop,
    siteUrl: SITE_URL,
    payments: createPayments({
      key: 'sk_test_0123456789abcdef',
      apiBase: STRIPE_BASE,
      webhookSecrets: () => [WEBHOOK_SECRET],
      fetch: vendors.fetch,
    }),
    mailer: createMailer({
      apiKey: 're_test_0123456789',
      baseUrl: RESEND_BASE,
      from: 'North Window <shop@example.com>',
      replyTo: shop.supportEmail,
    }),
    files: { open: () => Promise.resolve(null) },
    tokens: realTokens(timeline),
    waker,
    digests: memoryDigests(chance, () => state.weather),
    rejections: memoryRejections(),
    now: () => new Date(timeline.now()),
    newId: (prefix: Parameters<App['newId']>[0]) => formatId(prefix, randomBytes(16)),
    pause: (ms: number, signal?: AbortSignal) => pause(timeline, ms, signal),
  }
  let lastActor = 0

  function decide(actor: Actor, label: string): Fate {
    const index = state.calls.length
    const call = { index, kind: actor.kind, actor: actor.id, label }
    state.calls.push(call)
    state.trace = (Math.imul(state.trace, 31) + hash(`${actor.kind}${actor.id}${label}${timeline.now()}`)) | 0
    const isRemote = /^(GET|POST) /.test(label)
    const [there, back] = isRemote
      ? [chance.between(10, 150), chance.between(10, 150)]
      : [chance.between(0.1, 8), chance.between(0.1, 8)]
    const legs = { there, back: isRemote && chance.hits(0.02) ? back + chance.between(500, 5_000) : back }
    const kill = kills.find((one) => one.index === index)
    if (kill) return { ...legs, crash: kill.side }
    if (chance.hits(state.weather.crash)) {
      count(`crash of ${actor.kind}`)
      return { ...legs, crash: chance.hits(0.5) ? 'before' : 'after' }
    }
    if (!chance.hits(state.weather.stall)) return legs
    count('stall')
    return { ...legs, stall: chance.between(61_000, 400_000) }
  }

  function appOf(actor: Actor): App {
    const tell = (told: Parameters<typeof watch.hear>[1]) => watch.hear(actor, told)
    const db = database.connect(timeline, tell)
    return gate({ ...shared, db: unreliable(db), log: logOf(actor), later: laterOf(actor) }, actor)
  }

  function unreliable(db: App['db']): App['db'] {
    return async (strings, ...values) => {
      const { refused, answerLost } = state.weather.database
      if (chance.hits(refused)) throw new VendorDown('database', 'simulated: refused')
      const rows = await db(strings, ...values)
      if (chance.hits(answerLost)) throw new VendorDown('database', 'simulated: the answer was lost')
      return rows as never
    }
  }

  function logOf(actor: Actor): App['log'] {
    return {
      info: (event) => count(event),
      warn: (event) => count(event),
      error: (event, error) => {
        count(event)
        if (!(error instanceof ShopError) && event !== 'job_dead')
          report(`${actor.kind} ${actor.id}: ${event}: ${describe(error)}`)
      },
    }
  }

  function laterOf(actor: Actor): App['later'] {
    return (what, work) =>
      work.then(
        () => undefined,
        (error: unknown) => logOf(actor).error(what, error),
      )
  }

  /** Starts one invocation of a function; it is ended when it takes longer than the platform lets it. */
  async function spawn<Result>(kind: ActorKind, body: (app: App) => Promise<Result>): Promise<End<Result>> {
    const actor = createActor(kind, ++lastActor, { timeline, decide })
    count(`started ${kind}`)
    state.actors.add(actor)
    const limit = timeline.after(LONGEST[kind], () => {
      count(`timed out ${kind}`)
      actor.kill()
    })
    const crashed = actor.killed.then(() => ({ kind: 'crashed' as const }))
    const end = await Promise.race([crashed, running.run(actor, () => attempt(() => body(appOf(actor))))])
    limit.cancel()
    state.actors.delete(actor)
    if (end.kind === 'threw' && !(end.error instanceof ShopError))
      report(`${kind} ${actor.id} threw ${describe(end.error)}`)
    return end
  }

  /** The platform repeats a background function that threw, after one and after two minutes. */
  function startWorker(repeats: readonly number[]): void {
    const [wait = chance.between(50, 500), ...later] = repeats
    timeline.after(wait, async () => {
      const holder = randomBytes(8).toString('hex')
      const end = await spawn('worker', (app) => runWorker(app, HANDLERS, { ...LIMITS, holder }))
      if (end.kind === 'threw')
        startWorker(repeats.length === 0 ? [60_000, 120_000] : later.length > 0 ? later : [120_000])
    })
  }

  /** Stripe's request to the webhook, as the network brings it: late, twice at once, or with its answer lost, so that Stripe repeats it. */
  async function deliver(request: Request): Promise<Response> {
    const body = await timeline.real(() => request.text())
    const signature = request.headers.get('stripe-signature')
    const { late, twin, answerLost } = state.weather.delivery
    count('delivery')
    await timeline.sleep(chance.hits(late) ? chance.between(5_000, 120_000) : chance.between(20, 300))
    const receive = () => spawn('webhook', (app) => receiveEvent(app, { body, signature }))
    const ends = await Promise.all(chance.hits(twin) ? [receive(), receive()] : [receive()])
    if (ends.length > 1) count('twin delivery')
    const [end] = ends
    if (end?.kind === 'crashed') throw new Error('socket hang up')
    if (chance.hits(answerLost)) {
      count('answer to a delivery lost')
      throw new Error('socket hang up')
    }
    if (end?.kind === 'done') return new Response(null, { status: 200 })
    return new Response(null, { status: end?.error instanceof ShopError ? end.error.status : 500 })
  }

  return {
    seed,
    beganAt: BEGINNING,
    chance,
    timeline,
    vendors,
    database,
    waker,
    counts,
    count,
    violations,
    report,
    /** For what must never go wrong in the simulation itself: it ends the run. */
    fail: (error: unknown) => {
      state.isBroken = true
      report(`the simulation failed: ${describe(error)}`)
    },
    isBroken: () => state.isBroken,
    calls: state.calls,
    spawn,
    trace: () => state.trace,
    actors: () => state.actors.size,
    setWeather: (next: Weather) => {
      state.weather = next
    },
    weather: () => state.weather,
    /** What a buyer's browser does on /success. */
    openSuccess: (sessionId: string) => spawn('success', (app) => openOrder(app, sessionId)),
    sweep: () => spawn('sweep', (app) => sweepJobs(app)),
    reconcile: () => spawn('reconcile', (app) => watchStripe(app)),
    startWorker: () => startWorker([]),
    async close() {
      await vendors.close()
      restore()
    },
  }
}

async function attempt<Result>(body: () => Promise<Result>): Promise<End<Result>> {
  try {
    return { kind: 'done', value: await body() }
  } catch (error) {
    return { kind: 'threw', error }
  }
}

function realTokens(timeline: Timeline): App['tokens'] {
  const tokens = createTokens({
    secrets: ['a secret of the simulator, 32 bytes or more'],
    issuer: SITE_URL,
    now: () => new Date(timeline.now()),
    accessDays: shop.links.receiptDays,
  })
  // Cryptography runs in threads of its own.
  return {
    mintDownload: (...words) => timeline.real(() => tokens.mintDownload(...words)),
    verifyDownload: (...words) => timeline.real(() => tokens.verifyDownload(...words)),
    mintAccess: (...words) => timeline.real(() => tokens.mintAccess(...words)),
    verifyAccess: (...words) => timeline.real(() => tokens.verifyAccess(...words)),
  }
}

function memoryDigests(chance: Chance, weather: () => Weather): DigestStore {
  const kept = new Map<string, string[]>()
  const fail = (probability: number) => {
    if (chance.hits(probability)) throw new VendorDown('storage', 'simulated')
  }
  return {
    read: async (name) => {
      fail(weather().marks.refused)
      return kept.get(name) ?? []
    },
    write: async (name, lines) => {
      fail(weather().marks.refused)
      kept.set(name, lines)
      fail(weather().marks.answerLost)
    },
  }
}

function memoryRejections(): App['rejections'] {
  const times: number[] = []
  return {
    note: async (at, enough) => {
      times.push(at.getTime())
      return times.filter((time) => time > at.getTime() - 300_000).length >= enough
    },
  }
}

function pause(timeline: Timeline, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const planned = timeline.after(ms, resolve)
    signal?.addEventListener('abort', () => {
      planned.cancel()
      reject(signal.reason)
    })
  })
}

function clock(timeline: Timeline): string {
  return new Date(timeline.now()).toISOString().slice(5, 23)
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 3).join(' | ') : String(error)
}

function hash(text: string): number {
  let sum = 0
  for (let i = 0; i < text.length; i++) sum = (Math.imul(sum, 31) + text.charCodeAt(i)) | 0
  return sum
}
