import Stripe from 'stripe'
import type { App } from '../../shop/app.ts'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform } from '../support/platform.ts'

export type Stage = Awaited<ReturnType<typeof openStage>>

/** The platform with products and Stripe's own SDK beside the shop: what a seller does in Stripe's dashboard. */
export async function openStage() {
  const platform = await startPlatform()
  await addDemoProducts(platform)
  const { hostname, port } = new URL(platform.servicesUrl)
  const stripe = new Stripe('sk_test_0123456789abcdef', { host: hostname, port, protocol: 'http' })
  const paymentOf = async (sessionId: string) =>
    String((await stripe.checkout.sessions.retrieve(sessionId)).payment_intent)
  return Object.assign(platform, {
    sdk: stripe,
    paymentOf,
    refund: async (sessionId: string, amount?: number) =>
      stripe.refunds.create({ payment_intent: await paymentOf(sessionId), ...(amount ? { amount } : {}) }),
    /** A button of the emulator's page: settle, fail, dispute, dispute-won … */
    press: (action: string, id: string) =>
      fetch(`${platform.servicesUrl}/people/stripe/${action}`, {
        method: 'POST',
        body: new URLSearchParams({ id }),
        redirect: 'manual',
      }),
    /** From now on no event reaches the shop. */
    dropWebhooks: () => platform.faults.put({ service: 'webhook', mode: 'drop', count: 1_000_000 }),
    ordersOf: (sessionId: string) =>
      platform.rows<{ id: string; status: string; back: number }>(
        'select id, status, amount_refunded::int as back from orders where stripe_session_id = $1',
        [sessionId],
      ),
    receiptsOf: async (orderId: string) =>
      (await platform.mails()).filter(({ idempotency_key }) => idempotency_key === `receipt:${orderId}`),
    jobs: () =>
      platform.rows<{ id: string; state: string }>(
        `select id, state from jobs where id like 'reconcile:%' order by seq`,
      ),
  })
}

/** Today at an hour and minute, UTC: the shop's nights do not depend on when a test runs. */
export function today(time: string): Date {
  return new Date(`${new Date().toISOString().slice(0, 10)}T${time}:00.000Z`)
}

/** An app at a given moment whose pauses take no time but are noted, in milliseconds; its clock goes on by them. */
export function appAt(stage: Pick<Stage, 'app'>, moment: Date): App & { pauses: number[] } {
  const pauses: number[] = []
  const slept = () => pauses.reduce((sum, ms) => sum + ms, 0)
  return Object.assign(stage.app(), {
    pauses,
    now: () => new Date(moment.getTime() + slept()),
    pause: async (ms: number) => void pauses.push(ms),
  })
}

/** Puts something else in the place of one of the app's vendors, which are made when they are first read. */
export function withPort<Name extends keyof App>(app: App, name: Name, value: App[Name]): App {
  return Object.defineProperty(app, name, { value, enumerable: true })
}
