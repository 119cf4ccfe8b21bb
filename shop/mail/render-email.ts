import type { FoundEmail, RenderedEmail } from '../../db/emails.ts'
import type { App } from '../app.ts'
import { JobFailed } from '../errors.ts'
import { writeDigest } from '../notices/notice-digest.ts'
import { isNotice } from '../notices/notice-kinds.ts'
import { writeAccessLink } from './access-link-mail.ts'
import { writePaymentFailed, writeRefund, writeRefundFailed } from './buyer-mails.ts'
import { layOutEmail } from './lay-out-email.ts'
import { writeLinksReady } from './links-ready.ts'
import type { MailContent } from './mail-layout.ts'
import type { AlertKind, MailKind, MailOrder, MailPayload, MailSubject } from './mail-subject.ts'
import { writeReceipt } from './receipt.ts'
import { writeDeadJob, writeDispute, writeFraudWarning, writeReview, writeSale } from './seller-mails.ts'
import {
  writeBuildFailed,
  writeCheckoutFlood,
  writeKeyRefused,
  writeMailReturned,
  writeMisdirectedEvents,
  writeMissingFile,
  writeReconciled,
  writeRejectedDeliveries,
  writeUnusualDownloads,
} from './warning-mails.ts'

const SECONDS_PER_DAY = 86_400

const WRITERS: Record<Exclude<MailKind, AlertKind>, (subject: MailSubject) => MailContent> = {
  receipt: ({ order, ...surroundings }) => writeReceipt(order, surroundings),
  refund: writeRefund,
  refund_failed: writeRefundFailed,
  payment_failed: writePaymentFailed,
  links_ready: writeLinksReady,
  access_link: writeAccessLink,
  seller_sale: writeSale,
  seller_review: writeReview,
  seller_dispute: writeDispute,
  seller_fraud: writeFraudWarning,
}

const ALERT_WRITERS: Record<AlertKind, (payload: MailPayload) => MailContent> = {
  seller_dead_job: writeDeadJob,
  seller_key_refused: writeKeyRefused,
  seller_rejected_deliveries: writeRejectedDeliveries,
  seller_unusual_downloads: writeUnusualDownloads,
  seller_missing_file: writeMissingFile,
  seller_mail_returned: writeMailReturned,
  seller_build_failed: writeBuildFailed,
  seller_reconciled: writeReconciled,
  seller_checkout_flood: writeCheckoutFlood,
  seller_misdirected_events: writeMisdirectedEvents,
}

/**
 * Writes a mail to whom its kind is for; a notice also says what those say that travel with it. Links are signed here, once, since the
 * bytes are stored.
 * @throws JobFailed when there is nobody to send it to, or nothing that it could be about; TypeError for a kind that is not known
 */
export async function renderEmail(app: App, email: FoundEmail, toldWith: FoundEmail[] = []): Promise<RenderedEmail> {
  const content = await writeContent(app, email)
  const to = isNotice(email.kind) ? app.shop.notices.to : email.order?.email
  if (!to) throw new JobFailed('the order has no address that a mail can be sent to')
  if (toldWith.length === 0) return layOutEmail(app.shop, to, content)
  const others = await Promise.all(toldWith.map((other) => writeContent(app, other)))
  return layOutEmail(app.shop, to, writeDigest(email.kind, [content, ...others]))
}

async function writeContent(app: App, { id, kind, order, payload }: FoundEmail): Promise<MailContent> {
  if (Object.hasOwn(ALERT_WRITERS, kind)) return ALERT_WRITERS[kind as AlertKind](payload)
  const write = Object.hasOwn(WRITERS, kind) ? WRITERS[kind as keyof typeof WRITERS] : undefined
  // Not a dead letter at once: while a deployment is rolled out or back, the other version may know how to write it.
  if (!write) throw new TypeError(`nobody can write a mail of the kind ${kind}`)
  if (!order) throw new JobFailed(`the mail ${id} is about no order`)
  const { shop, siteUrl } = app
  return write({ shop, siteUrl, orderLink: await signOrderLink(app, order), order, payload })
}

async function signOrderLink(app: App, order: MailOrder): Promise<string> {
  const lifetimeSeconds = app.shop.links.receiptDays * SECONDS_PER_DAY
  const access = await app.tokens.mintAccess({ orderId: order.id, epoch: order.access_epoch }, lifetimeSeconds)
  return `${app.siteUrl}/success/?access=${access}`
}
