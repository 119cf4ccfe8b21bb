import type { EntitledFile, OrderAccessRow } from '../../db/order-access.ts'
import type { App } from '../app.ts'
import type { Download, OpenedOrder } from './order-view.ts'

/** An order with fresh links to the files that the entitlements view grants it now. */
export async function listDownloads(app: App, row: OrderAccessRow): Promise<OpenedOrder> {
  const downloads = await Promise.all(row.files.map((file) => mintLink(app, file, row.access_epoch)))
  return { order: { id: row.id, total: row.amount_total, currency: row.currency }, downloads }
}

async function mintLink(app: App, file: EntitledFile, epoch: number): Promise<Download> {
  const lifetimeSeconds = app.shop.links.downloadMinutes * 60
  const grant = { orderItemId: file.order_item_id, fileId: file.file_id, epoch }
  const { token, expiresAt } = await app.tokens.mintDownload(grant, lifetimeSeconds)
  return {
    slug: file.product_slug,
    title: file.title,
    filename: file.filename,
    size_bytes: file.size_bytes,
    sha256: file.sha256,
    url: `${app.siteUrl}/download?token=${token}`,
    expires_at: expiresAt.toISOString(),
  }
}
