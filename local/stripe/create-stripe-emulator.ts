import { Hono } from 'hono'
import type { Faults } from '../faults.ts'
import type { Ledger } from '../ledger.ts'
import { stripeApi } from './api.ts'
import { openBooks } from './books.ts'
import { openDeliveries, type Send } from './deliveries.ts'
import { hostedRoutes } from './hosted-routes.ts'
import { stripePanel } from './panel.ts'
import { peopleRoutes } from './people-routes.ts'
import { settleDue } from './settle-due.ts'
import { configureEndpoint } from './webhook-endpoint-routes.ts'
import type { World } from './world.ts'

const TICK_MS = 250
const GRACE_MS = 3000

export type StripeEmulatorOptions = {
  /** Everything known is in here before an answer leaves. */
  ledger: Ledger
  /** Base of the hosted payment page, such as `http://localhost:8889`. */
  servicesUrl: string
  /** The store's endpoint; it hears of `enabledEvents`, by default of everything. */
  webhook: { url: string; secret: string; enabledEvents?: string[] }
  /** Only `takeWebhook` is asked; faults of the API are a middleware around the routes. */
  faults: Faults
  /** Unix seconds; the real clock by default. */
  now?: () => number
  /** How deliveries travel: `fetch` by default; a test may hand them to the store's function directly. */
  send?: Send
}

/**
 * A stand-in for Stripe on this machine: its API for the real SDK, its hosted payment page, and its events, signed and
 * delivered until they are answered. What it knows is in the ledger, so that a new emulator on it carries on.
 */
export function createStripeEmulator(options: StripeEmulatorOptions) {
  const { faults, ledger, servicesUrl, webhook, now = () => Date.now() / 1000, send = fetch } = options
  const request = { id: null, idempotency_key: null }
  const world: World = { books: openBooks(ledger), now: () => Math.floor(now()), servicesUrl, request }
  const { url, secret, enabledEvents = ['*'] } = webhook
  configureEndpoint(world, { url, secret, enabledEvents })
  const deliveries = openDeliveries(world, { faults, send })
  const ticking = ticker(async () => {
    settleDue(world)
    await deliveries.deliverDue()
  })
  return {
    /** `/v1/*`, `/checkout/:session_id` and `/people/stripe/*`. */
    routes: new Hono()
      .route('/', stripeApi(world))
      .route('/', hostedRoutes(world, deliveries))
      .route('/', peopleRoutes(world)),
    /** HTML fragment for the local services page. */
    panel: () => stripePanel(world),
    /** Does what time alone brings and is due now: expiry, delayed payments, refunds, disputes. */
    settleDue: async () => settleDue(world),
    /** Delivers the events that are due now; returns how many deliveries were tried. */
    deliverDue: () => deliveries.deliverDue(),
    start: ticking.start,
    /** Ends the loop and waits for what is under way, 3 s at most; the rest stays pending in the ledger. */
    async stop(): Promise<void> {
      ticking.stop()
      await deliveries.drain(GRACE_MS)
    },
  }
}

// A slow delivery must not hold up the next tick, so ticks do not wait for each other.
function ticker(tick: () => Promise<unknown>) {
  let timer: NodeJS.Timeout | undefined
  return {
    start(): void {
      timer ??= setInterval(() => {
        tick().catch((error: unknown) => console.error('The Stripe emulator failed:', error))
      }, TICK_MS)
    },
    stop(): void {
      clearInterval(timer)
      timer = undefined
    },
  }
}
