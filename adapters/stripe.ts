import Stripe from 'stripe'
import type { Payments } from '../shop/app.ts'
import type { ObservedSession } from '../shop/payments/observed-session.ts'
import { createCheckout } from './stripe-checkout.ts'
import { translateStripeError } from './stripe-errors.ts'
import { listFacts } from './stripe-lists.ts'
import { makeRefund, refundInFull } from './stripe-refund.ts'
import { observeSession } from './stripe-session.ts'
import { verifyStripeEvent } from './stripe-webhook.ts'

type Settings = {
  key: string
  apiBase: string | undefined
  webhookSecrets: () => string[]
  /** Carries the requests; Node's own HTTP client by default. */
  fetch?: typeof fetch
  /** Waited for before every request, repeats included. */
  pace?: (() => Promise<void>) | undefined
}

/** Stripe's own defaults (80 s, two repeats) outlive a function; see docs/decisions/0005-stripe.md. */
const CLIENT = { timeout: 8_000, maxNetworkRetries: 1, telemetry: false } as const

/** Stripe behind the Payments port; it reads and starts checkout sessions and verifies deliveries. */
export function createPayments({ key, apiBase, webhookSecrets, fetch, pace }: Settings): Payments {
  const httpClient = fetch ? Stripe.createFetchHttpClient(fetch) : Stripe.createNodeHttpClient()
  const stripe = new Stripe(key, {
    ...CLIENT,
    httpClient: pace ? paced(httpClient, pace) : httpClient,
    ...(apiBase ? addressOf(apiBase) : {}),
  })
  const livemode = /^(sk|rk)_live_/.test(key)
  return {
    livemode,
    startCheckout: (request) => translating(() => createCheckout(stripe, request)),
    readSession: (id) => translating(() => readSession(stripe, id)),
    findSessionId: (paymentIntentId) => translating(() => findSessionId(stripe, paymentIntentId)),
    refundInFull: (sessionId, key) => translating(() => refundInFull(stripe, sessionId, key)),
    refund: (wanted) => translating(() => makeRefund(stripe, wanted)),
    listFacts: (ask) => listFacts(stripe, ask),
    verifyEvent: (delivery) => verifyStripeEvent(stripe, { ...delivery, secrets: webhookSecrets(), livemode }),
  }
}

type HttpClient = NonNullable<Stripe.StripeConfig['httpClient']>

/** The wait comes before the client's own timeout begins. */
function paced(client: HttpClient, pace: () => Promise<void>): HttpClient {
  const send = client.makeRequest.bind(client)
  client.makeRequest = async (...request) => {
    await pace()
    return send(...request)
  }
  return client
}

function addressOf(apiBase: string) {
  const { hostname, port, protocol } = new URL(apiBase)
  const plain = protocol === 'http:'
  return { host: hostname, port: port || (plain ? '80' : '443'), protocol: plain ? 'http' : 'https' } as const
}

async function readSession(stripe: Stripe, id: string): Promise<ObservedSession | null> {
  try {
    const session = await stripe.checkout.sessions.retrieve(id, {
      expand: ['line_items', 'payment_intent.latest_charge.refunds'],
    })
    return await observeSession(stripe, session)
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError && error.statusCode === 404) return null
    throw error
  }
}

async function findSessionId(stripe: Stripe, paymentIntentId: string): Promise<string | null> {
  const found = await stripe.checkout.sessions.list({ payment_intent: paymentIntentId, limit: 1 })
  return found.data[0]?.id ?? null
}

async function translating<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call()
  } catch (error) {
    throw translateStripeError(error)
  }
}
