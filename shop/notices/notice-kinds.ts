import type { MailKind } from '../mail/mail-subject.ts'
import type { Shop } from '../shop-config.ts'

/** The mails to the seller. */
export type NoticeKind = Extract<MailKind, `seller_${string}`>
type Switch = Exclude<keyof Shop['notices'], 'to' | 'digestMinutes'>

/** By which field of shop.config.ts each kind is switched off, and what several of it are called. */
const KINDS: Record<NoticeKind, { field: Switch; several: string }> = {
  seller_sale: { field: 'newSale', several: 'sales' },
  seller_review: { field: 'review', several: 'orders to check' },
  seller_dispute: { field: 'dispute', several: 'news of disputes' },
  seller_fraud: { field: 'fraudWarning', several: 'early fraud warnings' },
  seller_dead_job: { field: 'deadJob', several: 'jobs that failed for good' },
  seller_key_refused: { field: 'keyRefused', several: 'refused keys' },
  seller_rejected_deliveries: { field: 'rejectedDeliveries', several: 'rejected deliveries' },
  seller_misdirected_events: { field: 'rejectedDeliveries', several: 'misdirected deliveries' },
  seller_unusual_downloads: { field: 'unusualDownloads', several: 'items downloaded unusually often' },
  seller_missing_file: { field: 'missingFile', several: 'missing files' },
  seller_mail_returned: { field: 'mailReturned', several: 'mails that came back' },
  seller_build_failed: { field: 'buildFailed', several: 'builds that failed' },
  seller_checkout_flood: { field: 'checkoutFlood', several: 'floods of checkouts' },
  seller_reconciled: { field: 'reconciled', several: 'differences from Stripe' },
}

export function isNotice(kind: string): boolean {
  return kind.startsWith('seller_')
}

/** Whether the seller wants to read this kind; one that this version does not know is wanted. */
export function isWanted({ notices }: Pick<Shop, 'notices'>, kind: string): boolean {
  return Object.hasOwn(KINDS, kind) ? notices[KINDS[kind as NoticeKind].field] : true
}

/** Several of a kind, such as `3 sales`. */
export function countNotices(kind: string, count: number): string {
  return `${count} ${Object.hasOwn(KINDS, kind) ? KINDS[kind as NoticeKind].several : 'notices'}`
}
