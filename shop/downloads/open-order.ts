import { findOrderAccess, type OrderAccessRow } from '../../db/order-access.ts'
import type { App } from '../app.ts'
import { VendorDown } from '../errors.ts'
import { syncOrder } from '../orders/sync-order.ts'
import { waitAtMost } from '../wait-at-most.ts'
import { wake } from '../wake.ts'
import { listDownloads } from './list-downloads.ts'
import type { OrderView } from './order-view.ts'

/** A row whose payment is not settled is asked about again after this time. */
const FRESH_S = 2
/** Longest that a buyer waits for Stripe before the page says "processing" and asks again. */
const PATIENCE_MS = 8_000

/**
 * Opens the order of a checkout session, with links to its files. Works within a second of paying even if no worker has run, since it
 * calls the very sync that the worker would; Stripe is asked only while our row is missing, or neither final nor fresh.
 */
export async function openOrder(app: App, sessionId: string): Promise<OrderView> {
  const known = await findOrderAccess(app.db, { sessionId })
  if (known && (known.status !== 'pending' || known.age_seconds < FRESH_S)) return view(app, known)
  const outcome = await waitAtMost(app, trySync(app, sessionId), {
    ms: PATIENCE_MS,
    otherwise: () => 'processing' as const,
  })
  if (outcome !== 'written') return { state: outcome }
  const row = await findOrderAccess(app.db, { sessionId })
  return row ? view(app, row) : { state: 'processing' }
}

/** Opens the order that the link in a receipt names. */
export async function openOrderByLink(app: App, token: string): Promise<OrderView> {
  const { orderId, epoch } = await app.tokens.verifyAccess(token)
  const row = await findOrderAccess(app.db, { orderId })
  return row && row.access_epoch === epoch ? view(app, row) : { state: 'unknown' }
}

async function trySync(app: App, sessionId: string): Promise<'written' | 'processing' | 'unknown' | 'expired'> {
  try {
    const outcome = await syncOrder(app, sessionId)
    if (outcome.kind === 'nothing') return STATE_OF_NOTHING[outcome.why]
    // The sync has written the receipt's job as well; nobody has been poked for it yet.
    app.later('wake_failed', wake(app))
    return 'written'
  } catch (error) {
    if (!(error instanceof VendorDown)) throw error
    app.log.warn('sync_postponed', { vendor: error.vendor })
    return 'processing'
  }
}

const STATE_OF_NOTHING = { unknown: 'unknown', not_ours: 'unknown', open: 'processing', expired: 'expired' } as const

async function view(app: App, row: OrderAccessRow): Promise<OrderView> {
  switch (row.status) {
    case 'paid':
    case 'partially_refunded':
      return { state: 'paid', ...(await listDownloads(app, row)) }
    case 'pending':
      return { state: 'processing' }
    default:
      return { state: row.status }
  }
}
