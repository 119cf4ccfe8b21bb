import { findCaredOrder, noteSync } from '../../db/order-care.ts'
import type { App } from '../app.ts'
import { NotFound } from '../errors.ts'
import { wake } from '../wake.ts'
import { type SyncOutcome, syncOrder } from './sync-order.ts'

/**
 * Reads an order back from Stripe at once, for a person who asks for it, and notes who did.
 * @throws NotFound for an unknown order; VendorDown, VendorRefused when Stripe does not tell
 */
export async function syncKnownOrder(
  app: App,
  { orderId, actor }: { orderId: string; actor: string },
): Promise<SyncOutcome> {
  const order = await findCaredOrder(app.db, orderId)
  if (!order) throw new NotFound(`There is no order ${orderId}.`)
  const outcome = await syncOrder(app, order.stripe_session_id)
  await noteSync(app.db, { orderId, actor })
  // What it found may have caused mails.
  if (outcome.kind === 'written') await wake(app)
  return outcome
}
