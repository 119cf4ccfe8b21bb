import type { Faults, WebhookFault } from '../faults.ts'
import type { Delivery } from './books.ts'
import { eventNow } from './event-routes.ts'
import { lanes } from './lanes.ts'
import { signatureOf } from './signature.ts'
import type { World } from './world.ts'

// Stripe's live intervals are unpublished, exponential, and end after 3 days; here they begin quickly.
const RETRY_SECONDS = [1, 2, 5, 10, 30, 60]
const LATER_SECONDS = 300
const THREE_DAYS = 3 * 86_400
const DELAY_SECONDS = 30
const TIMEOUT_MS = 20_000
const WIDTH = 32

/** Sends one signed request to an endpoint; `fetch` unless a test puts the store's function here. */
export type Send = (request: Request) => Promise<Response>
export type Deliveries = ReturnType<typeof openDeliveries>

/** The part of Stripe that delivers events: what is due, each delivery by itself, retried until it is answered with 2xx. */
export function openDeliveries(world: World, { faults, send }: { faults: Faults; send: Send }) {
  const underway = new Map<string, Promise<void>>()
  const inLane = lanes(WIDTH)
  let stopping = new AbortController()

  function begin(delivery: Delivery): Promise<void> {
    const fault = delivery.fault === 'none' ? faults.takeWebhook() : undefined
    const decided = fault === undefined ? delivery : applyFault(world, delivery, fault)
    if (decided.state === 'dropped' || decided.due_at > world.now()) return Promise.resolve()
    return inLane(() => attempt(world, decided, { send, signal: stopping.signal }))
  }

  function track(delivery: Delivery): Promise<void> {
    const work = begin(delivery).finally(() => underway.delete(delivery.id))
    underway.set(delivery.id, work)
    return work
  }

  return {
    /** Delivers what is due now and not under way already; returns how many that were. */
    async deliverDue(): Promise<number> {
      const due = world.books.pending.all().filter(({ id, due_at }) => due_at <= world.now() && !underway.has(id))
      const found = due.map(({ id }) => world.books.deliveries.get(id)).filter((delivery) => delivery !== undefined)
      await Promise.all(found.map(track))
      return found.length
    },
    /** Delivers one event at once, ahead of all others; resolves when its endpoints have answered (or a fault hid it). */
    async deliverNow(eventId: string): Promise<void> {
      const found = world.books.deliveriesOf.of(eventId).map((id) => world.books.deliveries.get(id))
      const open = found.filter((delivery) => delivery?.state === 'pending' && delivery.due_at <= world.now())
      await Promise.all(open.map((delivery) => delivery && (underway.get(delivery.id) ?? track(delivery))))
    },
    /** Waits for what is under way, at most `graceMs`; what is cut off stays pending and is delivered after the next start. */
    async drain(graceMs: number): Promise<void> {
      const timer = setTimeout(() => stopping.abort(), graceMs)
      await Promise.all(underway.values())
      clearTimeout(timer)
      stopping = new AbortController()
    },
  }
}

// Written down before it takes effect, so that a restart does not forget it.
function applyFault(world: World, delivery: Delivery, fault: WebhookFault): Delivery {
  if (fault === 'drop') return close(world, { ...delivery, state: 'dropped', last_answer: 'dropped by a fault' })
  if (fault === 'duplicate') return world.books.deliveries.put({ ...delivery, fault })
  return postpone(world, { ...delivery, fault: 'delay', due_at: world.now() + DELAY_SECONDS })
}

type Means = { send: Send; signal: AbortSignal }

async function attempt(world: World, delivery: Delivery, means: Means): Promise<void> {
  const isTwin = delivery.fault === 'duplicate' && delivery.attempts === 0
  const tries = Array.from({ length: isTwin ? 2 : 1 }, () => post(world, delivery, means))
  const answers = await Promise.all(tries)
  if (means.signal.aborted) return
  const isDelivered = answers.some((answer) => /^HTTP 2\d\d$/.test(answer))
  const tried = { ...delivery, attempts: delivery.attempts + 1, last_answer: answers.join(', ') }
  world.books.atomically(() => {
    if (isDelivered) close(world, { ...tried, state: 'delivered' })
    else retry(world, tried)
  })
}

async function post(world: World, delivery: Delivery, { send, signal }: Means): Promise<string> {
  const endpoint = world.books.endpoints.get(delivery.endpoint)
  const stored = world.books.events.get(delivery.event)
  if (endpoint?.status !== 'enabled' || stored === undefined) return 'no such endpoint'
  const body = JSON.stringify(eventNow(world, stored), null, 2)
  const secret = world.books.endpointSecrets.get(endpoint.id)?.secret ?? ''
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
    'stripe-signature': signatureOf(body, secret, world.now()),
  }
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
  return answerTo(() =>
    send(new Request(endpoint.url, { method: 'POST', body, headers, redirect: 'manual', signal: limit })),
  )
}

async function answerTo(ask: () => Promise<Response>): Promise<string> {
  try {
    const response = await ask()
    await response.arrayBuffer()
    return `HTTP ${response.status}`
  } catch (error) {
    // Whatever it was, nobody answered: that is a failed delivery, told on the panel and tried again.
    return error instanceof Error ? error.message : String(error)
  }
}

function retry(world: World, delivery: Delivery): void {
  const due_at = world.now() + (RETRY_SECONDS[delivery.attempts - 1] ?? LATER_SECONDS)
  if (due_at > delivery.created + THREE_DAYS) close(world, { ...delivery, state: 'failed' })
  else postpone(world, { ...delivery, due_at })
}

function postpone(world: World, delivery: Delivery): Delivery {
  world.books.pending.put({ id: delivery.id, due_at: delivery.due_at })
  return world.books.deliveries.put(delivery)
}

function close(world: World, delivery: Delivery): Delivery {
  world.books.pending.remove(delivery.id)
  return world.books.deliveries.put(delivery)
}
