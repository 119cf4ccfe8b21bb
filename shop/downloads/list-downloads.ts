import type { EntitledFile, OrderAccessRow } from '../../db/order-access.ts'
import type { App } from '../app.ts'
import type { Download, DownloadVersion, OpenedOrder } from './order-view.ts'

/** An order with fresh links to the files that the entitlements view grants it now: the current ones, and under each its earlier versions. */
export async function listDownloads(app: App, row: OrderAccessRow): Promise<OpenedOrder> {
  const current = row.files.filter(({ is_current }) => is_current)
  const downloads = await Promise.all(current.map((file) => describe(app, file, row)))
  const { id, amount_total: total, amount_refunded: refunded, currency, items } = row
  return { order: { id, total, refunded, currency, items }, downloads }
}

async function describe(app: App, file: EntitledFile, { files, access_epoch }: OrderAccessRow): Promise<Download> {
  const replaced = files.filter((other) => !other.is_current && isSameSlot(file, other))
  return {
    slug: file.product_slug,
    title: file.title,
    ...(await mintLink(app, file, access_epoch)),
    earlier: await Promise.all(replaced.map((other) => mintLink(app, other, access_epoch))),
  }
}

const isSameSlot = (a: EntitledFile, b: EntitledFile) => a.order_item_id === b.order_item_id && a.slot === b.slot

async function mintLink(app: App, file: EntitledFile, epoch: number): Promise<DownloadVersion> {
  const lifetimeSeconds = app.shop.links.downloadMinutes * 60
  const grant = { orderItemId: file.order_item_id, fileId: file.file_id, epoch }
  const { token, expiresAt } = await app.tokens.mintDownload(grant, lifetimeSeconds)
  return {
    version: file.version,
    filename: file.filename,
    size_bytes: file.size_bytes,
    sha256: file.sha256,
    changelog: file.changelog,
    url: `${app.siteUrl}/download?token=${token}`,
    expires_at: expiresAt.toISOString(),
  }
}
