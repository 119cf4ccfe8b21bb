import { enqueueMails, enqueueSyncs, findUnsent, findUnsettled } from '../../db/reconcile.ts'
import type { App } from '../app.ts'
import { wake } from '../wake.ts'
import type { ComparedPage } from './compared-page.ts'
import { listDrift } from './list-drift.ts'
import { BEGINNING, listFacts, type Place } from './list-facts.ts'
import { startSyncs } from './start-syncs.ts'

/** A function has a minute for its answer. */
const PATIENCE_MS = 20_000
const DAY_MS = 86_400_000

/**
 * Compares one page of Stripe's lists with our orders, for a person who waits, and leaves what differs to the queue. Whoever asks goes on
 * with `next`; the last page also queues orders that Stripe may still change and mails whose job was lost.
 * @throws VendorDown when Stripe does not answer
 */
export async function startComparison(
  app: App,
  { days, place }: { days: number; place: Place | null },
): Promise<ComparedPage> {
  const now = app.now().getTime()
  const walk = { since: new Date(now - days * DAY_MS), from: place ?? BEGINNING, until: new Date(now + PATIENCE_MS) }
  for await (const { kind, facts, next } of listFacts(app, walk)) {
    const drifts = await listDrift(app, facts)
    await startSyncs(app, drifts)
    const rest = next ? { unsettled: 0, lost_mails: 0, held_mails: 0 } : await startRest(app)
    if (drifts.length + rest.unsettled + rest.lost_mails > 0) await wake(app)
    const findings = drifts.map((drift) => {
      const { kind: what, stripe, ours, orderId: order_id, sessionId, paymentIntentId } = drift
      return { kind: what, stripe, ours, order_id, sale: order_id ?? sessionId ?? paymentIntentId ?? '' }
    })
    return { kind, compared: facts.length, findings, next, ...rest }
  }
  throw new TypeError('a walk through Stripe’s lists has at least one page')
}

async function startRest(app: App): Promise<Pick<ComparedPage, 'unsettled' | 'lost_mails' | 'held_mails'>> {
  const unsettled = await findUnsettled(app.db)
  // By the minute: two presses of the button are one look.
  const minute = app.now().toISOString().slice(0, 16)
  const syncs = unsettled.map((id) => ({ id: `reconcile:${id}:${minute}`, payload: { stripe_session_id: id } }))
  if (syncs.length > 0) await enqueueSyncs(app.db, syncs, 0.5)
  const unsent = await findUnsent(app.db)
  const lost = unsent.filter(({ state }) => state === 'lost').map(({ id }) => id)
  if (lost.length > 0) await enqueueMails(app.db, lost)
  const held = unsent.filter(({ state }) => state === 'held')
  return { unsettled: unsettled.length, lost_mails: lost.length, held_mails: held.length }
}
