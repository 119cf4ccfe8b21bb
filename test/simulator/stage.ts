import type { App } from '../../shop/app.ts'
import { ShopError } from '../../shop/errors.ts'
import { type Actor, type ActorKind, createActor } from './actor.ts'
import type { Chance } from './chance.ts'
import type { Fates } from './fates.ts'
import { gate } from './gate.ts'
import { type SharedPorts, unreliable } from './ports.ts'
import type { QueueWatch } from './queue-watch.ts'
import type { SimulatedDatabase } from './simulated-database.ts'
import type { Timeline } from './timeline.ts'
import { running } from './vendors.ts'
import type { Weather } from './weather.ts'

/** How an actor ended. */
export type End<Result> = { kind: 'done'; value: Result } | { kind: 'threw'; error: unknown } | { kind: 'crashed' }

export type Stage = {
  /** Starts one invocation of a function; it is ended when it takes longer than the platform lets it. */
  spawn<Result>(kind: ActorKind, body: (app: App) => Promise<Result>): Promise<End<Result>>
  /** How many are running. */
  size(): number
}

type Means = {
  timeline: Timeline
  chance: Chance
  weather: () => Weather
  database: SimulatedDatabase
  watch: QueueWatch
  fates: Fates
  ports: SharedPorts
  count: (what: string) => void
  report: (violation: string) => void
}

/** The longest that each kind of function may run on the platform, in milliseconds. */
const LONGEST: Record<ActorKind, number> = {
  checkout: 60_000,
  webhook: 60_000,
  success: 60_000,
  worker: 900_000,
  sweep: 30_000,
  reconcile: 30_000,
}

/** The platform's part that runs functions: each invocation has an App of its own, and can be killed without any other noticing. */
export function createStage(means: Means): Stage {
  const { timeline, fates, count, report } = means
  const actors = new Set<Actor>()
  let last = 0
  return {
    size: () => actors.size,
    spawn: async (kind, body) => {
      const actor = createActor(kind, ++last, { timeline, decide: fates.decide })
      count(`started ${kind}`)
      actors.add(actor)
      const limit = timeline.after(LONGEST[kind], () => {
        count(`timed out ${kind}`)
        actor.kill()
      })
      const crashed = actor.killed.then(() => ({ kind: 'crashed' as const }))
      const end = await Promise.race([crashed, running.run(actor, () => attempt(() => body(appOf(actor, means))))])
      limit.cancel()
      actors.delete(actor)
      if (end.kind === 'threw' && !(end.error instanceof ShopError))
        report(`${kind} ${actor.id} threw ${describeError(end.error)}`)
      return end
    },
  }
}

/** The first lines of an error's stack, on one line. */
export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 3).join(' | ') : String(error)
}

function appOf(actor: Actor, means: Means): App {
  const { database, timeline, watch, ports } = means
  const db = database.connect(timeline, (told) => watch.hear(actor, told))
  const log = logOf(actor, means)
  const later: App['later'] = (what, work) =>
    work.then(
      () => undefined,
      (error: unknown) => log.error(what, error),
    )
  return gate({ ...ports, db: unreliable(db, means), log, later }, actor)
}

/** An error that the shop does not expect is one of the shop's own mistakes, or of the simulation's. */
function logOf(actor: Actor, { count, report }: Means): App['log'] {
  return {
    info: count,
    warn: count,
    error: (event, error) => {
      count(event)
      const isExpected = error instanceof ShopError || event === 'job_dead'
      if (!isExpected) report(`${actor.kind} ${actor.id}: ${event}: ${describeError(error)}`)
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
