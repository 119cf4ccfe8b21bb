import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import Stripe from 'stripe'
import type { WebhookFault } from '../../local/faults.ts'
import { openLedger } from '../../local/ledger.ts'
import { createStripeEmulator } from '../../local/stripe/create-stripe-emulator.ts'

const SECRET = 'whsec_contract_tests'
const START = 1_800_000_000

/** How the store on the stage answers a delivery; a status, or a promise of one. */
type Answer = (event: Stripe.Event) => number | Promise<number>

export type Stage = Awaited<ReturnType<typeof openStage>>

type Setting = { enabledEvents?: string[]; isDurable?: boolean }

/**
 * The emulator served on a free port, the real SDK in front of it, and a store that verifies what it is sent. The ledger
 * is in memory unless it `isDurable`.
 */
export async function openStage({ enabledEvents, isDurable = false }: Setting = {}) {
  const folder = isDurable ? mkdtempSync(join(tmpdir(), 'till-stripe-')) : null
  const file = folder === null ? ':memory:' : join(folder, 'ledger.sqlite')
  const state = { now: START, answer: (() => 200) as Answer, faults: [] as WebhookFault[] }
  const received: Stripe.Event[] = []
  const app = new Hono()
  const server = serve({ fetch: (request) => app.fetch(request), port: 0, hostname: '127.0.0.1' })
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const base = `http://127.0.0.1:${port}`
  const stripe = newClient(port)
  const opened = () => {
    const ledger = openLedger(file)
    const webhook = { url: `${base}/stripe_webhook`, secret: SECRET, ...(enabledEvents && { enabledEvents }) }
    const faults = { takeVendor: () => undefined, takeWebhook: () => state.faults.shift() }
    const emulator = createStripeEmulator({ ledger, servicesUrl: base, webhook, faults, now: () => state.now })
    return { ledger, emulator }
  }
  let current = opened()
  app.post('/stripe_webhook', async (context) => {
    const header = context.req.header('stripe-signature') ?? ''
    const body = await context.req.text()
    const event = stripe.webhooks.constructEvent(body, header, SECRET, 300, undefined, state.now * 1000)
    const status = await state.answer(event)
    if (status === 200) received.push(event)
    return new Response(null, { status })
  })
  app.all('*', (context) => current.emulator.routes.fetch(context.req.raw))
  return {
    base,
    port,
    stripe,
    received,
    state,
    emulator: () => current.emulator,
    /** What a kill and a new start leave: the ledger's file alone, so the stage must be durable. */
    reopen(): void {
      current.ledger.close()
      current = opened()
    },
    /** Lets time pass and everything that is due by then happen. */
    async pass(seconds: number): Promise<void> {
      state.now += seconds
      await current.emulator.settleDue()
      await current.emulator.deliverDue()
    },
    async close(): Promise<void> {
      await current.emulator.stop()
      server.close()
      await once(server, 'close')
      current.ledger.close()
      if (folder !== null) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The SDK as the store uses it, without its own retries, so that every answer is seen. */
export function newClient(port: number, key = 'sk_test_contract'): Stripe {
  return new Stripe(key, { host: '127.0.0.1', port, protocol: 'http', maxNetworkRetries: 0, telemetry: false })
}

/** The parameters of one checkout of one product at 19.00 euros, changed as a test needs. */
export function checkout(
  change: Partial<Stripe.Checkout.SessionCreateParams> = {},
): Stripe.Checkout.SessionCreateParams {
  return {
    mode: 'payment',
    line_items: [line('Field guide', 1900)],
    success_url: 'https://store.example/success/?session_id={CHECKOUT_SESSION_ID}',
    cancel_url: 'https://store.example/store/field-guide/',
    ...change,
  }
}

/** One line of a checkout. */
export function line(
  name: string,
  unit_amount: number,
  change: Partial<Stripe.Checkout.SessionCreateParams.LineItem> = {},
) {
  return { quantity: 1, price_data: { currency: 'eur', unit_amount, product_data: { name } }, ...change }
}

/** What a browser does with the hosted page's form; the redirect is answered, not followed. */
export function pay(session: Stripe.Checkout.Session, fields: Record<string, string> = {}): Promise<Response> {
  const form = new URLSearchParams({ email: 'ada@example.com', card: '4242 4242 4242 4242', action: 'pay', ...fields })
  return fetch(session.url ?? '', { method: 'POST', body: form, redirect: 'manual' })
}

/** Opens a checkout, pays it and reads it back. */
export async function buy(
  stage: Stage,
  card = '4242424242424242',
  change: Partial<Stripe.Checkout.SessionCreateParams> = {},
) {
  const session = await stage.stripe.checkout.sessions.create(checkout(change))
  await pay(session, { card })
  return stage.stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent.latest_charge'] })
}

/** The charge of a session that was read with `payment_intent.latest_charge` expanded. */
export function chargeOf(session: Stripe.Checkout.Session): Stripe.Charge {
  const intent = session.payment_intent
  const charge = intent !== null && typeof intent === 'object' ? intent.latest_charge : null
  if (charge === null || typeof charge === 'string') throw new TypeError('The session was not read with its charge')
  return charge
}

/** The refusal that a call ends in. */
export async function refusal(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  const error = await call.then(
    () => new Error('Nothing was refused'),
    (reason: unknown) => reason,
  )
  if (error instanceof Stripe.errors.StripeError) return error
  throw error
}
