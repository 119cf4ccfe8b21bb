import { type Redemption, redeemDownload } from '../../db/redemptions.ts'
import type { App } from '../app.ts'
import { DownloadsUsedUp, Forbidden, TooManyDownloads, VendorDown } from '../errors.ts'
import { alertLater } from './alert-later.ts'

type Grant = Awaited<ReturnType<App['tokens']['verifyDownload']>>

/** One of those that come at once is counted each time, and after the last allowed one nobody waits for a turn. */
const TURNS = 100

/**
 * Counts a followed link, once for each token; one that was counted before may always go on. The seller is told of unusual use once a day
 * for each bought item.
 * @throws Forbidden when the order does not grant the file; DownloadsUsedUp, TooManyDownloads by the limits of shop.config.ts
 */
export async function redeemGrant(app: App, grant: Grant): Promise<void> {
  const redemption = await takeTurn(app, grant)
  if (redemption.outcome === 'too_many_today') tellSeller(app, grant, redemption.order_id)
  const refusal = refusalOf(redemption)
  if (refusal) throw refusal
}

async function takeTurn(app: App, grant: Grant): Promise<Redemption> {
  for (let turn = 0; turn < TURNS; turn++) {
    const redemption = await redeemDownload(app.db, grant, app.shop.downloads)
    if (redemption.outcome !== 'again') return redemption
  }
  throw new VendorDown('database', 'Too many downloads at once.', { retryAfter: 1 })
}

function tellSeller(app: App, { orderItemId }: Grant, orderId: string | null): void {
  const payload = { order_item_id: orderItemId, ...(orderId ? { order_id: orderId } : {}) }
  alertLater(app, { kind: 'seller_unusual_downloads', about: orderItemId, payload })
}

function refusalOf({ outcome, retry_after }: Redemption): Error | null {
  switch (outcome) {
    case 'too_many_today':
      return new TooManyDownloads('This item was downloaded very often today.', { retryAfter: retry_after ?? 3_600 })
    case 'used_up':
      return new DownloadsUsedUp('This item was downloaded as often as it may be.')
    case 'closed':
      return new Forbidden('The order no longer gives access to this file.')
    default:
      return null
  }
}
