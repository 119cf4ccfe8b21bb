import { createLevers } from './levers.ts'
import type { Tale } from './plots.ts'
import { CALM } from './weather.ts'
import type { World } from './world.ts'

/** A stretch of one sale: `before` happens undisturbed, and every await from `begin` until all is quiet is a point to be killed at. */
export type Flow = {
  plot: Tale['plot']
  /** Whether the reconciler runs, since nothing else can find what this flow has lost. */
  reconciles?: true
  before(world: World, sessionId: string): Promise<void>
  begin(world: World, sessionId: string): void
}

const NO_POKES = { ...CALM, poke: { lost: 1, answerLost: 0 } }
const NO_EVENTS = { ...CALM, delivery: { ...CALM.delivery, never: 1 } }

const pay = (world: World, id: string) => void createLevers(world.vendors.world).pay(id, 'good')
const nothing = async () => undefined

/** Pays while pokes get lost, so that the event is stored and nobody has worked on it. */
async function payUnnoticed(world: World, id: string): Promise<void> {
  world.setWeather(NO_POKES)
  pay(world, id)
  await world.timeline.run(() => world.counts.has('poke_failed') && world.actors() === 0)
  world.setWeather(CALM)
}

export const FLOWS = {
  webhook: { plot: 'paid', before: nothing, begin: pay },
  fulfil: {
    plot: 'paid',
    before: payUnnoticed,
    begin: (world, id) => {
      world.startWorker()
      void world.openSuccess(id)
    },
  },
  mail: {
    plot: 'paid',
    before: async (world, id) => {
      await payUnnoticed(world, id)
      world.setWeather(NO_POKES)
      const opened = world.openSuccess(id)
      await world.timeline.run(() => world.counts.get('poke_failed') === 3 && world.actors() === 0)
      await opened
      world.setWeather(CALM)
    },
    begin: (world) => world.startWorker(),
  },
  refund: {
    plot: 'refunded',
    before: async (world, id) => {
      pay(world, id)
      await world.timeline.run(() => world.timeline.now() > world.beganAt + 180_000)
    },
    begin: (world, id) => createLevers(world.vendors.world).refund(id),
  },
  /** A buyer's page syncs a sale that is refunded meanwhile: what it saw is old by the time it writes. */
  overtaken: {
    plot: 'refunded',
    before: payUnnoticed,
    begin: (world, id) => {
      void world.openSuccess(id)
      world.timeline.after(10_000, () => createLevers(world.vendors.world).refund(id))
    },
  },
  sweep: {
    plot: 'paid',
    before: payUnnoticed,
    // The next minute's sweep finds the mark that the webhook left.
    begin: () => undefined,
  },
  reconcile: {
    plot: 'paid',
    reconciles: true,
    before: async (world, id) => {
      world.setWeather(NO_EVENTS)
      pay(world, id)
      await world.timeline.run(() => world.counts.has('event never delivered'))
      world.setWeather(CALM)
      // The reconciler comes at the quarter; the idle sweeps before that are no part of it.
      await world.timeline.run(() => world.timeline.now() > world.beganAt + 14.5 * 60_000)
    },
    begin: () => undefined,
  },
} as const satisfies Record<string, Flow>

export type FlowName = keyof typeof FLOWS
export const FLOW_NAMES = Object.keys(FLOWS) as FlowName[]
