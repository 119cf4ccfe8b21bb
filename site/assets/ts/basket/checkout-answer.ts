import { isObject } from '../is-object.ts'
import { secondsToWait } from '../seconds-to-wait.ts'

/** A price as the shop has it now, in minor units. */
export type PriceNow = { slug: string; unit_amount: number; currency: string }

/** What the shop says to a basket that asks to be paid; `busy` in seconds from now. */
export type CheckoutAnswer =
  | { kind: 'begun'; url: string }
  | { kind: 'changed'; prices: PriceNow[] }
  | { kind: 'gone'; slugs: string[]; moved: { slug: string; moved_to: string }[] }
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
  const named = Array.isArray(items) ? items.filter(isObject) : []
  if (status === 201 && isPaymentPage(url, home)) return { kind: 'begun', url }
  if (status === 409 && named.some(isPrice)) return { kind: 'changed', prices: named.filter(isPrice) }
  if (isRefusal(status) && named.length > 0) return readGone(named)
  if (status === 429) return { kind: 'busy', retrySeconds: secondsToWait(retryAfter) }
  return { kind: isRefusal(status) || status === 502 ? 'refused' : 'down' }
}

const isRefusal = (status: number) => status === 400 || status === 404 || status === 410

function isPaymentPage(url: unknown, home: string): url is string {
  if (typeof url !== 'string' || !URL.canParse(url)) return false
  const { protocol } = new URL(url)
  return protocol === 'https:' || (protocol === 'http:' && new URL(home).protocol === 'http:')
}

function isPrice(item: Record<string, unknown>): item is PriceNow {
  const { slug, unit_amount, currency } = item
  const isAmount = Number.isSafeInteger(unit_amount) && Number(unit_amount) >= 0
  return typeof slug === 'string' && isAmount && typeof currency === 'string' && /^[a-z]{3}$/.test(currency)
}

function readGone(items: Record<string, unknown>[]): CheckoutAnswer {
  const moved = items.flatMap(({ slug, moved_to }) =>
    typeof slug === 'string' && typeof moved_to === 'string' ? [{ slug, moved_to }] : [],
  )
  const gone = items.filter(({ moved_to }) => typeof moved_to !== 'string').map(({ slug }) => String(slug))
  return { kind: 'gone', slugs: gone, moved }
}
