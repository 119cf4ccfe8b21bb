import { recordClick } from '../../db/affiliate-clicks.ts'
import type { App } from '../app.ts'
import type { AffiliateProduct } from '../catalogue/product.ts'
import { NotFound } from '../errors.ts'
import { waitAtMost } from '../wait-at-most.ts'
import { lawfulLink } from './affiliate-link.ts'
import type { Visitor } from './visitor.ts'

/** How long a visitor waits for their click to be counted. */
const PATIENCE_MS = 150

/**
 * Counts a click and answers where it leads. A click that cannot be counted in time is counted behind the answer, or lost and logged:
 * the visitor goes on all the same.
 * @throws NotFound when the stored link does not lead to an allowed host
 */
export async function followAffiliateLink(app: App, product: AffiliateProduct, visitor: Visitor): Promise<string> {
  const link = lawfulLink(product.affiliate_url, Object.keys(app.shop.affiliate.tags))
  if (!link) {
    app.log.error('affiliate_link_blocked', new Error('its host is not in shop.config.ts affiliate.tags'), {
      product_id: product.id,
    })
    throw new NotFound('There is no such product.')
  }
  const { referrer, userAgent, isBot } = visitor
  const counted = recordClick(app.db, { product_id: product.id, referrer, user_agent: userAgent, is_bot: isBot })
  await waitAtMost(app, app.later('click_not_counted', counted), { ms: PATIENCE_MS, otherwise: () => undefined })
  return link
}
