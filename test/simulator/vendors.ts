import { AsyncLocalStorage } from 'node:async_hooks'
import type { Faults } from '../../local/faults.ts'
import { openLedger } from '../../local/ledger.ts'
import { createMailEmulator } from '../../local/mail/mail-emulator.ts'
import { openBooks } from '../../local/stripe/books.ts'
import { createStripeEmulator } from '../../local/stripe/create-stripe-emulator.ts'
import type { Send } from '../../local/stripe/deliveries.ts'
import type { World as StripeWorld } from '../../local/stripe/world.ts'
import { EVENT_TYPES } from '../../shop/payments/event-types.ts'
import type { Actor } from './actor.ts'
import type { Chance } from './chance.ts'
import type { Timeline } from './timeline.ts'
import type { Weather } from './weather.ts'

export const SITE_URL = 'http://store.test'
export const STRIPE_BASE = 'http://stripe.test'
export const RESEND_BASE = 'http://resend.test'
export const WEBHOOK_SECRET = 'whsec_simulated_0123456789abcdef'

export type Vendors = ReturnType<typeof createVendors>

type Means = {
  timeline: Timeline
  chance: Chance
  weather: () => Weather
  send: Send
  count: (what: string) => void
}

/** Who is running: a request to a vendor belongs to the actor in whose course it is made. */
export const running = new AsyncLocalStorage<Actor>()

/** Stripe and Resend as their emulators play them, on one ledger in memory and the virtual clock, behind a `fetch` that can fail. */
export function createVendors({ timeline, chance, weather, send, count }: Means) {
  const ledger = openLedger(':memory:')
  const now = () => timeline.now() / 1000
  const stripe = createStripeEmulator({
    ledger,
    servicesUrl: STRIPE_BASE,
    webhook: { url: `${SITE_URL}/stripe_webhook`, secret: WEBHOOK_SECRET, enabledEvents: Object.keys(EVENT_TYPES) },
    faults: lostDeliveries(() => chance.hits(weather().delivery.never), count),
    now,
    send,
  })
  const mail = createMailEmulator({ ledger, now: () => new Date(timeline.now()) })
  const routes = new Map([
    [STRIPE_BASE, stripe.routes],
    [RESEND_BASE, mail.routes],
  ])
  const answer = async (request: Request, signal: AbortSignal | null): Promise<Response> => {
    const { limited, failing, acceptedThenSilent } = weather().vendor
    const vendor = routes.get(new URL(request.url).origin)
    if (!vendor) throw new TypeError(`nobody lives at ${request.url}`)
    if (chance.hits(limited)) return refusal(429, count)
    if (chance.hits(failing)) return refusal(chance.pick([500, 502, 503]), count)
    const done = await timeline.real(async () => whole(await vendor.fetch(request)))
    if (!chance.hits(acceptedThenSilent)) return done
    count('vendor accepted, then silent')
    return silence(signal)
  }
  const world: StripeWorld = {
    books: openBooks(ledger),
    now: () => Math.floor(now()),
    servicesUrl: STRIPE_BASE,
    request: { id: null, idempotency_key: null },
  }
  return {
    ledger,
    stripe,
    mail,
    /** Stripe's own books: what was really paid, refunded and disputed, and the levers of banks and time. */
    world,
    /** What reaches a vendor does so in the course of an actor, and is one more point at which it can be killed. */
    fetch: async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
      const actor = running.getStore()
      if (!actor) throw new TypeError(`a request to ${input} belongs to nobody`)
      const request = new Request(input, { ...init, signal: null })
      const label = `${request.method} ${new URL(request.url).pathname.replace(/_(test_)?\w{8,}/g, '_…')}`
      const response = await actor.call(label, () => answer(request, init.signal ?? null))
      if (init.signal?.aborted) throw init.signal.reason
      return response
    },
    close: async () => {
      await stripe.stop()
      mail.stop()
      ledger.close()
    },
  }
}

/** Stripe never delivers some events, or never makes them at all. */
function lostDeliveries(isLost: () => boolean, count: (what: string) => void): Faults {
  return {
    takeVendor: () => undefined,
    takeWebhook: () => {
      if (!isLost()) return undefined
      count('event never delivered')
      return 'drop'
    },
  }
}

function refusal(status: number, count: (what: string) => void): Response {
  count(`vendor answered ${status}`)
  const error = { type: 'api_error', message: 'simulated', statusCode: status, name: 'application_error' }
  const headers = status === 429 ? { 'retry-after': '1' } : {}
  return Response.json({ ...error, error, ...(status === 429 && { name: 'rate_limit_exceeded' }) }, { status, headers })
}

/** The work is done, and nobody ever says so: the client waits until its own patience ends. */
function silence(signal: AbortSignal | null): Promise<never> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
}

/** The body is read here, while nothing else happens, so that reading it later takes no real time. */
async function whole(response: Response): Promise<Response> {
  const text = await response.text()
  const { status, headers } = response
  return new Response(status === 204 ? null : text, { status, headers })
}
