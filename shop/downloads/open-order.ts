import { findOrderAccess, type OrderAccessRow } from '../../db/order-access.ts'
import { isUnknownSession, noteUnknownSession } from '../../db/unknown-sessions.ts'
import type { App } from '../app.ts'
import { isClaimedBy } from '../checkout/claim.ts'
import { VendorDown } from '../errors.ts'
import { tellLinksReady } from '../mail/tell-links-ready.ts'
import { maskEmail } from '../orders/masked-email.ts'
import { type SyncOutcome, syncOrder } from '../orders/sync-order.ts'
import { waitAtMost } from '../wait-at-most.ts'
import { wake } from '../wake.ts'
import { listDownloads } from './list-downloads.ts'
import type { OpenedOrder, OrderView } from './order-view.ts'

/** A row whose payment is not settled is asked about again after this time. */
const FRESH_S = 2
/** Longest that a buyer waits for Stripe before the page says "processing" and asks again. */
const PATIENCE_MS = 8_000

/** Who asks for which order: `claim` is the secret of the browser's cookie, null when it has none. */
type Asked = { sessionId: string; claim: string | null }

/**
 * Opens the order of a checkout session, with links to its files, for the browser that bought it; any other learns only that there is
 * something to verify. Works within a second of paying even if no worker has run, since it calls the very sync that the worker would;
 * Stripe is asked only while our row is missing, or neither final nor fresh, and not again about a session that it did not know.
 */
export async function openOrder(app: App, { sessionId, claim }: Asked): Promise<OrderView> {
  const known = await findOrderAccess(app.db, { sessionId }, app.shop.downloads)
  if (known && (known.status !== 'pending' || known.age_seconds < FRESH_S)) return show(app, known, claim)
  if (!known && (await isUnknownSession(app.db, sessionId))) return { state: 'unknown' }
  const outcome = await waitAtMost(app, trySync(app, sessionId), {
    ms: PATIENCE_MS,
    otherwise: () => 'processing' as const,
  })
  if (outcome !== 'written') return { state: outcome }
  const row = await findOrderAccess(app.db, { sessionId }, app.shop.downloads)
  return row ? show(app, row, claim) : { state: 'processing' }
}

/** Opens the order that a signed link names, whichever browser follows it. */
export async function openOrderByLink(app: App, token: string): Promise<OrderView> {
  const { orderId, epoch } = await app.tokens.verifyAccess(token)
  const row = await findOrderAccess(app.db, { orderId }, app.shop.downloads)
  return row && row.access_epoch === epoch ? view(app, row, false) : { state: 'unknown' }
}

/** That a payment is under way, or has failed, tells nothing about anybody. */
async function show(app: App, row: OrderAccessRow, claim: string | null): Promise<OrderView> {
  const isHarmless = row.status === 'pending' || row.status === 'failed'
  return isHarmless || isClaimedBy(claim, row.claim_hash) ? view(app, row, true) : { state: 'verify_email' }
}

async function trySync(app: App, sessionId: string): Promise<'written' | 'processing' | 'unknown' | 'expired'> {
  try {
    const outcome = await syncOrder(app, sessionId)
    if (outcome.kind === 'nothing') return await stateOfNothing(app, sessionId, outcome.why)
    // The sync has written the receipt's job as well; nobody has been poked for it yet.
    app.later('wake_failed', wake(app))
    return 'written'
  } catch (error) {
    if (!(error instanceof VendorDown)) throw error
    app.log.warn('sync_postponed', { vendor: error.vendor })
    return 'processing'
  }
}

type Nothing = Extract<SyncOutcome, { kind: 'nothing' }>['why']

/** Somebody else's session is as unknown as none. */
async function stateOfNothing(
  app: App,
  sessionId: string,
  why: Nothing,
): Promise<'processing' | 'unknown' | 'expired'> {
  if (why === 'open') return 'processing'
  if (why === 'expired') return 'expired'
  await noteUnknownSession(app.db, sessionId)
  return 'unknown'
}

async function view(app: App, row: OrderAccessRow, isBuyer: boolean): Promise<OrderView> {
  switch (row.status) {
    case 'paid':
    case 'partially_refunded':
      if (!row.is_told) app.later('links_ready_untold', tellLinksReady(app, row.id))
      return paid(await listDownloads(app, row), row, isBuyer)
    case 'pending':
      return { state: 'processing' }
    default:
      return { state: row.status }
  }
}

/** Whoever holds a link may have been sent it by mistake; only the browser that bought may read the address, and correct it. */
function paid({ order, downloads }: OpenedOrder, row: OrderAccessRow, isBuyer: boolean): OrderView {
  const { email, correctable_until, notice } = row
  const address = isBuyer
    ? { email, correctable_until: correctable_until?.toISOString() ?? null }
    : { email: email && maskEmail(email), correctable_until: null }
  return { state: 'paid', order: { ...order, ...address }, downloads, notice }
}
