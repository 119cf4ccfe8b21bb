import { findObservedAt } from '../../db/observed-at.ts'
import { writeOrder } from '../../db/orders.ts'
import type { App } from '../app.ts'
import type { ClaimedJob } from '../jobs.ts'
import { recordOf } from './order-record.ts'
import type { OrderStatus } from './order-status.ts'
import { isOurSession } from './sold-lines.ts'

/** What a sync found. `nothing`: there is no order to write, and why; `lost`: the job's lease was somebody else's by then. */
export type SyncOutcome =
  | { kind: 'written'; orderId: string; status: OrderStatus }
  | { kind: 'older' }
  | { kind: 'nothing'; why: 'unknown' | 'not_ours' | 'open' | 'expired' }
  | { kind: 'lost' }

/** The job that asked for the sync, to be settled by the same statement, the database's time of its claim, and what its event told. */
export type SyncCause = { job: ClaimedJob; observedAt: string; fraudWarningId?: string | undefined }

/**
 * Reads a checkout session back from Stripe and makes our order agree with it, in one statement. The webhook's job, /success, the
 * reconciler and the seller all call this, so duplicate, late and lost events cannot end differently.
 * @throws VendorDown, VendorRefused when Stripe does not tell
 */
export async function syncOrder(app: App, sessionId: string, cause?: SyncCause): Promise<SyncOutcome> {
  // Taken before Stripe is asked: taken afterwards, a slow reader of old facts would overwrite newer ones.
  const observedAt = cause?.observedAt ?? (await findObservedAt(app.db))
  const session = await app.payments.readSession(sessionId)
  if (!session) return { kind: 'nothing', why: 'unknown' }
  if (!isOurSession(session)) return { kind: 'nothing', why: 'not_ours' }
  if (session.status !== 'complete') return { kind: 'nothing', why: session.status === 'expired' ? 'expired' : 'open' }
  const { refunds, notices } = app.shop
  const record = recordOf(session, { observedAt, newId: app.newId, revoke: refunds.revoke })
  return writeOrder(app.db, record, {
    job: cause?.job,
    tellSale: notices.newSale,
    fraudWarningId: cause?.fraudWarningId,
  })
}
