import { findOwnFile } from '../../db/purchases.ts'
import type { App } from '../app.ts'
import { NotFound } from '../errors.ts'
import type { Buyer } from './buyer.ts'

/**
 * A fresh link to a file of a buyer's, made when it is clicked. A file that does not exist, is somebody else's or is closed is asked for
 * by the same statement and answered alike.
 * @throws NotFound
 */
export async function mintPurchaseLink(
  app: Pick<App, 'db' | 'shop' | 'tokens' | 'siteUrl'>,
  { email }: Buyer,
  { orderItemId, fileId }: { orderItemId: string; fileId: string },
): Promise<{ url: string; expires_at: string }> {
  const found = await findOwnFile(app.db, { email, orderItemId, fileId }, app.shop.downloads)
  if (!found) throw new NotFound('There is no such file among your purchases.')
  const grant = { orderItemId, fileId, epoch: found.access_epoch }
  const { token, expiresAt } = await app.tokens.mintDownload(grant, app.shop.links.downloadMinutes * 60)
  return { url: `${app.siteUrl}/download?token=${token}`, expires_at: expiresAt.toISOString() }
}
