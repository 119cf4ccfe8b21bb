import { apiRoute } from './api-route.ts'
import { isCreatedIn, PAGE_BY_DATE, pageOf } from './list-page.ts'
import { mergeMetadata, metadata, withoutEmpty } from './metadata.ts'
import { integer, oneOf, text, unsupported } from './params.ts'
import { chargesOf, found, gathered } from './payment-routes.ts'
import { refundCharge } from './refund-charge.ts'
import { undoRefund } from './settle-refund.ts'
import { noSuch, StripeError } from './stripe-error.ts'
import type { Charge, Refund } from './wire-types.ts'
import type { World } from './world.ts'

const CREATE = {
  amount: integer(1),
  charge: text(),
  currency: unsupported,
  customer: unsupported,
  instructions_email: text(),
  metadata,
  origin: unsupported,
  payment_intent: text(),
  reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer'),
  refund_application_fee: unsupported,
  reverse_transfer: unsupported,
}

export const REFUND_ROUTES = [
  apiRoute(['POST', '/v1/refunds'], CREATE, (world, { params }) => {
    const charge = chargeToRefund(world, params)
    const { amount, reason } = params
    return refundCharge(world, charge, { amount, reason, metadata: withoutEmpty(params.metadata) })
  }),
  apiRoute(
    ['GET', '/v1/refunds'],
    { ...PAGE_BY_DATE, charge: text(), payment_intent: text() },
    (world, { params, url }) => {
      const refunds = refundsOf(world, params)
      return pageOf(refunds.filter((refund) => isCreatedIn(refund.created, params.created)).reverse(), params, url)
    },
  ),
  apiRoute(['GET', '/v1/refunds/:id'], {}, ({ books }, { id }) => found(books.refunds, id, 'refund')),
  apiRoute(['POST', '/v1/refunds/:id'], { metadata }, ({ books }, { id, params }) => {
    const refund = found(books.refunds, id, 'refund')
    return books.refunds.put({ ...refund, metadata: mergeMetadata(refund.metadata, params.metadata) })
  }),
  // Stripe cancels what still waits; once the money is out there is no way back.
  apiRoute(['POST', '/v1/refunds/:id/cancel'], {}, (world, { id }) => {
    const refund = found(world.books.refunds, id, 'refund')
    if (refund.status !== 'pending' && refund.status !== 'requires_action')
      throw new StripeError(`Refund ${id} cannot be canceled because it has a status of ${refund.status}.`)
    undoRefund(world, refund, 'canceled')
    return found(world.books.refunds, id, 'refund')
  }),
]

type Which = { charge?: string | undefined; payment_intent?: string | undefined }

function chargeToRefund({ books }: World, { charge, payment_intent }: Which): Charge {
  if (charge === undefined && payment_intent === undefined) {
    const message = 'One of the following params should be provided for this request: payment_intent or charge.'
    throw new StripeError(message, { code: 'parameter_missing' })
  }
  const intent = payment_intent === undefined ? undefined : books.paymentIntents.get(payment_intent)
  if (payment_intent !== undefined && intent === undefined)
    throw noSuch('payment_intent', payment_intent, { param: 'payment_intent' })
  const wanted = charge ?? intent?.latest_charge ?? ''
  const known = books.charges.get(wanted)
  if (known === undefined && charge !== undefined) throw noSuch('charge', charge, { param: 'charge' })
  if (known?.status !== 'succeeded')
    throw new StripeError(`This PaymentIntent (${payment_intent}) does not have a successful charge to refund.`)
  if (intent !== undefined && known.payment_intent !== intent.id)
    throw new StripeError('The charge does not belong to the payment_intent.', { param: 'charge' })
  return known
}

function refundsOf(world: World, { charge, payment_intent }: Which): Refund[] {
  const { books } = world
  if (charge === undefined && payment_intent === undefined) return books.refunds.all()
  const charges = charge === undefined ? chargesOf(world, payment_intent).map(({ id }) => id) : [charge]
  const refunds = charges.flatMap((id) => gathered(books.refunds, books.refundsOf.of(id)))
  return refunds.filter((refund) => payment_intent === undefined || refund.payment_intent === payment_intent)
}
