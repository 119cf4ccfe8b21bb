import type { MissingProduct } from '../shop/checkout/basket.ts'

/** A product that was taken off the shelf is gone; one that never was there, or that another shop sells, is none of ours. */
const ANSWERS = {
  unknown: { status: 404, code: 'not_found', message: 'There is no such product.' },
  retired: { status: 410, code: 'gone', message: 'This product is no longer for sale.' },
  elsewhere: { status: 400, code: 'invalid_input', message: 'This product is sold by another shop.' },
}

/** Tells a page's own script which products of its basket cannot be bought; `moved_to` is the slug of one that was only renamed. */
export function notForSale(items: MissingProduct[], requestId: string): Response {
  const reasons = items.map(({ why }) => why)
  const worst = (['unknown', 'retired', 'elsewhere'] as const).find((why) => reasons.includes(why)) ?? 'unknown'
  const { status, code, message } = ANSWERS[worst]
  const named = items.map(({ slug, moved_to }) => ({ slug, moved_to }))
  return Response.json({ error: { code, message, request_id: requestId }, items: named }, { status })
}
