import type { AddressFlag } from '../mail/mail-event.ts'

/** One version of a file with a link that lives for minutes; sizes in bytes. */
export type DownloadVersion = {
  version: number
  filename: string
  size_bytes: number
  sha256: string
  /** What the seller says has changed in it; may be empty. */
  changelog: string
  url: string
  expires_at: string
}

/** The current version of a file, and those before it that the buyer may still fetch, newest first. */
export type Download = { slug: string; title: string } & DownloadVersion & { earlier: DownloadVersion[] }

/** Sums in minor units of `currency`; `items` is what was bought, which leaves the basket of the browser that did. */
export type OpenedOrder = {
  order: {
    id: string
    total: number
    refunded: number
    currency: string
    items: { slug: string; quantity: number }[]
  }
  downloads: Download[]
}

/**
 * What is told with it about the order's address: whole to the browser that bought, masked to whoever holds a link; until when that
 * browser may correct it; and whether mails reach it.
 */
export type OrderAddress = { order: { email: string | null; correctable_until: string | null }; notice: AddressFlag }

type ClosedState = 'verify_email' | 'unknown' | 'expired' | 'failed' | 'refunded' | 'disputed' | 'review'

/** What a buyer learns of an order on /success. */
export type OrderView =
  | ({ state: 'paid' } & OpenedOrder & OrderAddress)
  | { state: 'processing' }
  | { state: ClosedState }

const CLOSED: Record<ClosedState, { status: number; message: string }> = {
  verify_email: { status: 401, message: 'This order opens in the browser that bought it, or after a code by mail.' },
  unknown: { status: 404, message: 'There is no such order.' },
  expired: { status: 410, message: 'This checkout has expired; nothing was charged.' },
  failed: { status: 410, message: 'The payment did not go through; nothing was charged.' },
  refunded: { status: 403, message: 'This order has been refunded.' },
  disputed: { status: 403, message: 'The payment of this order is disputed.' },
  review: { status: 403, message: 'The seller is checking this order and will write to you.' },
}

/** The HTTP status and the JSON with which a view is answered. */
export function answerOf(view: OrderView): { status: number; body: object } {
  if (view.state === 'paid') return { status: 200, body: view }
  if (view.state === 'processing') return { status: 202, body: view }
  const { status, message } = CLOSED[view.state]
  return { status, body: { state: view.state, message } }
}
