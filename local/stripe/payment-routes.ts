import { apiRoute } from './api-route.ts'
import type { Shelf } from './books.ts'
import { isCreatedIn, PAGE_BY_DATE, pageOf } from './list-page.ts'
import { text } from './params.ts'
import { noSuch } from './stripe-error.ts'
import type { World } from './world.ts'

/** The document at `id`, or Stripe's 404. */
export function found<Doc>(shelf: Shelf<Doc>, id: string, kind: string): Doc {
  const doc = shelf.get(id)
  if (doc === undefined)
    throw noSuch(kind.replaceAll('_', ' ').replace('payment intent', 'payment_intent'), id, { param: 'id' })
  return doc
}

/** The documents of these ids, oldest first. */
export function gathered<Doc>(shelf: Shelf<Doc>, ids: string[]): Doc[] {
  return ids.map((id) => shelf.get(id)).filter((doc) => doc !== undefined)
}

export const PAYMENT_ROUTES = [
  apiRoute(['GET', '/v1/payment_intents'], { ...PAGE_BY_DATE, customer: text() }, (world, { params, url }) => {
    const { created, customer } = params
    const intents = world.books.paymentIntents.all()
    const asked = intents.filter((intent) => customer === undefined || intent.customer === customer)
    return pageOf(asked.filter((intent) => isCreatedIn(intent.created, created)).reverse(), params, url)
  }),
  apiRoute(['GET', '/v1/payment_intents/:id'], {}, ({ books }, { id }) =>
    found(books.paymentIntents, id, 'payment_intent'),
  ),
  apiRoute(
    ['GET', '/v1/charges'],
    { ...PAGE_BY_DATE, customer: text(), payment_intent: text(), transfer_group: text() },
    (world, { params, url }) => {
      const { created, customer, payment_intent, transfer_group } = params
      const charges = chargesOf(world, payment_intent).filter(
        (charge) =>
          isCreatedIn(charge.created, created) &&
          (customer === undefined || charge.customer === customer) &&
          (transfer_group === undefined || charge.transfer_group === transfer_group),
      )
      return pageOf(charges.reverse(), params, url)
    },
  ),
  apiRoute(['GET', '/v1/charges/:id'], {}, ({ books }, { id }) => found(books.charges, id, 'charge')),
  apiRoute(['GET', '/v1/charges/:id/refunds'], PAGE_BY_DATE, ({ books }, { id, params, url }) => {
    const refunds = gathered(books.refunds, books.refundsOf.of(found(books.charges, id, 'charge').id))
    return pageOf(refunds.filter((refund) => isCreatedIn(refund.created, params.created)).reverse(), params, url)
  }),
]

/** The charges of one intent, or all, oldest first. */
export function chargesOf({ books }: World, intent: string | undefined) {
  return intent === undefined ? books.charges.all() : gathered(books.charges, books.chargesOf.of(intent))
}
