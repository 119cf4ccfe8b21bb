import { isObject } from '../is-object.ts'
import { secondsToWait } from '../seconds-to-wait.ts'
import { type BasketLine, readLine } from './basket.ts'

/** A product that the shop does not have under this slug; `moved_to` is the one that it has today, if it was only renamed. */
export type Missing = { slug: string; moved_to?: unknown }

/** What the shop says to a basket that asks to be paid; of `prices` only slug, amount and currency mean anything. */
export type CheckoutAnswer =
  | { kind: 'begun'; url: string }
  | { kind: 'changed'; prices: BasketLine[] }
  | { kind: 'gone'; items: Missing[] }
  | { kind: 'busy'; retrySeconds: number }
  | { kind: 'down' | 'refused' }

/**
 * Reads an answer of POST /create_checkout_session. Whatever is not what the shop says is an outage, and never a page to go to.
 * @param home the address of the page that asks: a payment page is https, but for a shop that is not
 */
export function readCheckoutAnswer(
  { status, body, retryAfter }: { status: number; body: unknown; retryAfter: string | null },
  home: string,
): CheckoutAnswer {
  const { url, items } = isObject(body) ? body : {}
  const named = Array.isArray(items) ? items.filter(isMissing) : []
  const prices = named.flatMap((item) => readLine({ ...item, title: item.slug }))
  const isRefusal = status === 400 || status === 404 || status === 410
  if (status === 201 && isPaymentPage(url, home)) return { kind: 'begun', url }
  if (status === 409 && prices.length > 0) return { kind: 'changed', prices }
  if (isRefusal && named.length > 0) return { kind: 'gone', items: named }
  if (status === 429) return { kind: 'busy', retrySeconds: secondsToWait(retryAfter) }
  return { kind: isRefusal || status === 502 ? 'refused' : 'down' }
}

function isMissing(item: unknown): item is Missing {
  return isObject(item) && typeof item.slug === 'string'
}

/** `location.assign` throws for what is no address at all. */
function isPaymentPage(url: unknown, home: string): url is string {
  if (typeof url !== 'string') return false
  const [, scheme] = /^(https?:)\/\/[\w.-]+(:\d+)?(\/|$)/.exec(url) ?? []
  return scheme === 'https:' || (scheme === 'http:' && home.startsWith(scheme))
}
