import { isObject } from './is-object.ts'
import { secondsToWait } from './seconds-to-wait.ts'

/** One version of a file; `expires_at` is an ISO 8601 time of the server's clock. */
export type FileVersion = {
  version?: number
  changelog?: string
  filename: string
  size_bytes: number
  sha256: string
  url: string
  expires_at: string
}
/** One file as POST /get_entitlements lists it, with the versions that came before it. */
export type Download = FileVersion & { slug: string; title: string; earlier?: FileVersion[] }
/**
 * Sums in minor units of `currency`; the address whole to the browser that bought, which may correct it until that ISO 8601 time of
 * the server's clock, and masked to any other.
 */
export type Order = {
  id: string
  total: number
  refunded?: number
  currency: string
  email?: string | null
  correctable_until?: string | null
}
/** That mails do not reach the order's address: they came back, or were called spam. */
export type Notice = 'bounced' | 'complained'

/** What the shop answers about an order, or why it did not. */
export type OrderAnswer =
  | { kind: 'paid'; order: Order; downloads: Download[]; notice?: Notice }
  | { kind: 'processing' }
  | { kind: 'refused'; state: string }
  | { kind: 'busy'; retrySeconds: number }
  | { kind: 'offline' }

/** Reads an answer of POST /get_entitlements; a body that is not what the shop says is treated as an outage, never as paid. */
export function readOrderAnswer(status: number, body: unknown, retryAfter: string | null): OrderAnswer {
  if (status === 200 && isPaid(body)) return readPaid(body)
  if (status === 202) return { kind: 'processing' }
  const refusal = status >= 400 && status < 500 && status !== 429 ? readRefusal(body) : null
  return refusal ?? { kind: 'busy', retrySeconds: secondsToWait(retryAfter) }
}

type Paid = { order: Order; downloads: Download[]; notice?: unknown }

function readPaid({ order, downloads, notice }: Paid): OrderAnswer {
  const isKnown = notice === 'bounced' || notice === 'complained'
  return { kind: 'paid', order, downloads, ...(isKnown ? { notice } : {}) }
}

function isPaid(body: unknown): body is Paid {
  return isObject(body) && body.state === 'paid' && isObject(body.order) && Array.isArray(body.downloads)
}

/** Either the order's state, or the code of an error, such as that of a receipt's link which has run out. */
function readRefusal(body: unknown): OrderAnswer | null {
  if (!isObject(body)) return null
  const state = isObject(body.error) ? body.error.code : body.state
  return typeof state === 'string' ? { kind: 'refused', state } : null
}
