import type { MailOrder, RenderedEmail } from '../../db/emails.ts'
import type { App } from '../app.ts'
import { layoutHtml, layoutText } from './mail-layout.ts'
import { writeReceipt } from './receipt.ts'

const SECONDS_PER_DAY = 86_400

/** Writes the mail about an order to the order's own address. The link to the files is signed here, once, since the bytes are stored. */
export async function renderReceipt(app: App, order: MailOrder & { email: string }): Promise<RenderedEmail> {
  const lifetimeSeconds = app.shop.links.receiptDays * SECONDS_PER_DAY
  const access = await app.tokens.mintAccess({ orderId: order.id, epoch: order.access_epoch }, lifetimeSeconds)
  const orderLink = `${app.siteUrl}/success/?access=${access}`
  const content = writeReceipt(order, { shop: app.shop, siteUrl: app.siteUrl, orderLink })
  return {
    to: order.email,
    subject: content.subject,
    html: layoutHtml(content, app.shop),
    text: layoutText(content, app.shop),
  }
}
