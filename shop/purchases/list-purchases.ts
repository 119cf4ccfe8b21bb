import type { EntitledFile } from '../../db/order-access.ts'
import { findPurchases, type PurchaseRow } from '../../db/purchases.ts'
import type { App } from '../app.ts'
import type { Buyer } from './buyer.ts'
import { readCursor, writeCursor } from './page-cursor.ts'
import type { Purchase, PurchasedFile, PurchasedVersion, Purchases } from './purchase-view.ts'

const PAGE = 20

/**
 * The orders of a buyer, newest first, twenty at a time, with the files that they give access to now.
 * @throws InvalidInput when `after` is not the `next` of a page
 */
export async function listPurchases(
  app: Pick<App, 'db' | 'shop'>,
  { email, via }: Buyer,
  after?: string,
): Promise<Purchases> {
  const asked = { email, after: after === undefined ? null : readCursor(after), limit: PAGE + 1 }
  const { banner, orders } = await findPurchases(app.db, asked, app.shop.downloads)
  const page = orders.slice(0, PAGE)
  const last = page.at(-1)
  return {
    email,
    via,
    orders: page.map(describe),
    next: orders.length > PAGE && last ? writeCursor(last) : null,
    banner,
  }
}

function describe(row: PurchaseRow): Purchase {
  const { id, status, currency, items, refunds, files } = row
  return {
    id,
    status,
    paid_at: iso(row.paid_at),
    currency,
    total: row.amount_total,
    tax: row.amount_tax,
    discount: row.amount_discount,
    refunded: row.amount_refunded,
    items: items.map((item) => ({ ...item, refunded_at: iso(item.refunded_at), revoked_at: iso(item.revoked_at) })),
    refunds: refunds.map((refund) => ({ ...refund, refunded_at: new Date(refund.refunded_at).toISOString() })),
    downloads: files.filter(({ is_current }) => is_current).map((file) => describeFile(file, files)),
  }
}

function describeFile(file: EntitledFile, files: EntitledFile[]): PurchasedFile {
  const isEarlier = (other: EntitledFile) =>
    !other.is_current && other.order_item_id === file.order_item_id && other.slot === file.slot
  return {
    order_item_id: file.order_item_id,
    slug: file.product_slug,
    title: file.title,
    ...describeVersion(file),
    earlier: files.filter(isEarlier).map(describeVersion),
  }
}

function describeVersion(file: EntitledFile): PurchasedVersion {
  const { file_id, version, filename, size_bytes, sha256, changelog } = file
  return { file_id, version, filename, size_bytes, sha256, changelog }
}

/** JSON of the database has times with an offset. */
function iso(time: string | null): string | null {
  return time === null ? null : new Date(time).toISOString()
}
