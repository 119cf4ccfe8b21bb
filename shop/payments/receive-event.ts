import { enqueueJob } from '../../db/jobs.ts'
import type { App } from '../app.ts'
import { wake } from '../wake.ts'

/**
 * Takes a delivery of Stripe's: verifies it, stores its job under the event's id in one statement, and wakes a worker, also when the
 * event was known already, since the first wake may have been lost. What is not ours is acknowledged and ignored.
 * @throws InvalidInput when it is not Stripe's; VendorDown when it could not be stored or nobody could be woken, so Stripe delivers again
 */
export async function receiveEvent(app: App, delivery: { body: string; signature: string | null }): Promise<void> {
  const event = app.payments.verifyEvent({ ...delivery, now: app.now() })
  if ('ignored' in event) {
    app.log.info('event_ignored', { event_id: event.id, type: event.type, why: event.ignored })
    return
  }
  const isNew = await enqueueJob(app.db, { id: `stripe:${event.id}`, kind: 'sync_order', payload: event.job })
  app.log.info('event_stored', { event_id: event.id, type: event.type, is_new: isNew })
  await wake(app)
}
