import { enqueueJob } from '../../db/jobs.ts'
import type { App } from '../app.ts'
import { SignatureRejected, VendorDown } from '../errors.ts'
import { waitAtMost } from '../wait-at-most.ts'
import { wake } from '../wake.ts'
import { noteRejection } from './note-rejection.ts'
import type { VerifiedEvent } from './stripe-event.ts'
import { tellMisdirected } from './tell-misdirected.ts'

/**
 * Longest wait for the database: a sleeping one wakes within 3 s. With a poke and a mark, 2 s each, the whole takes 8 s at most, and
 * Stripe delivers again what was answered with 503.
 */
const PATIENCE_MS = 4_000

type Delivery = { body: string; signature: string | null }

/**
 * Takes a delivery of Stripe's: verifies it, stores its job under the event's id in one statement, and wakes a worker, also when the
 * event was known already, since the first wake may have been lost. What is not ours is acknowledged and ignored.
 * @throws InvalidInput when it is not Stripe's; VendorDown when it could not be stored or nobody could be woken, so Stripe delivers again
 */
export async function receiveEvent(app: App, delivery: Delivery): Promise<void> {
  const event = verify(app, delivery)
  if ('ignored' in event) return setAside(app, event)
  const stored = enqueueJob(app.db, { id: `stripe:${event.id}`, kind: 'sync_order', payload: event.job })
  const isNew = await waitAtMost(app, stored, { ms: PATIENCE_MS, otherwise: giveUp })
  app.log.info('event_stored', { event_id: event.id, type: event.type, is_new: isNew })
  await wake(app)
}

function setAside(app: App, { id, type, ignored }: Extract<VerifiedEvent, { ignored: unknown }>): void {
  app.log.info('event_ignored', { event_id: id, type, why: ignored })
  if (ignored === 'other_mode' || ignored === 'other_account')
    app.later('misdirected_not_told', tellMisdirected(app, ignored))
}

function verify(app: App, delivery: Delivery): VerifiedEvent {
  try {
    return app.payments.verifyEvent({ ...delivery, now: app.now() })
  } catch (error) {
    if (error instanceof SignatureRejected) app.later('rejection_not_noted', noteRejection(app))
    throw error
  }
}

function giveUp(): never {
  throw new VendorDown('database', 'The database takes too long just now.')
}
