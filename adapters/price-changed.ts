import pages from '#error-pages'
import type { ChangedPrice } from '../shop/checkout/changed-prices.ts'
import { escapeHtml } from '../shop/mail/mail-layout.ts'
import { formatMoney } from '../shop/money.ts'

/** Where the page has what only the function knows; site/_data/price-words.ts writes the same. */
const BLANK = /%(title|slug|seen|price|link)%/g

/** The page that shows a buyer what they saw and what it costs now, and asks. */
export function priceChangedPage({ slug, title, seen, now }: ChangedPrice, locale: string): Response {
  const values: Record<string, string> = {
    title,
    slug,
    seen: formatMoney(seen, locale),
    price: formatMoney(now, locale),
    link: `/go/${slug}?seen=${now.amount}-${now.currency}`,
  }
  const page = pages[now.amount === 0 ? 'now-free' : 'price-changed']
  const html = page.replace(BLANK, (_blank, name: string) => escapeHtml(values[name] ?? ''))
  return new Response(html, { status: 409, headers: { 'content-type': 'text/html; charset=utf-8' } })
}

/** The same for a page's own script: which lines of its basket have another price now, in minor units. */
export function priceConflict(changes: ChangedPrice[], requestId: string): Response {
  const error = { code: 'price_changed', message: 'A price has changed since you saw it.', request_id: requestId }
  const items = changes.map(({ slug, seen, now }) => ({
    slug,
    seen_unit_amount: seen.amount,
    unit_amount: now.amount,
    currency: now.currency,
  }))
  return Response.json({ error, items }, { status: 409 })
}
