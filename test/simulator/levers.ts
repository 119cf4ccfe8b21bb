import { applyPromotionCode } from '../../local/stripe/apply-promotion-code.ts'
import type { Books } from '../../local/stripe/books.ts'
import { closeDispute, disputesOf, isOpen, openDispute } from '../../local/stripe/dispute-charge.ts'
import { paySession } from '../../local/stripe/pay-session.ts'
import { refundCharge } from '../../local/stripe/refund-charge.ts'
import { settlePayment } from '../../local/stripe/settle-payment.ts'
import { settleRefund, undoRefund } from '../../local/stripe/settle-refund.ts'
import { readMethod } from '../../local/stripe/test-methods.ts'
import type { Charge, Session } from '../../local/stripe/wire-types.ts'
import { FREE_CODE } from './stock.ts'
import type { Vendors } from './vendors.ts'

type Stripe = Vendors['world']

export type Card = keyof typeof CARDS
/** Test payment methods by what becomes of them. */
const CARDS = {
  good: '4242424242424242',
  declined: '4000000000000002',
  refundsPend: '4000000000007726',
  refundsFail: '4000000000005126',
  suspicious: '4000000000005423',
  laterPaid: 'async',
  laterFailed: 'async_fail',
} as const

/** What buyers, banks and the seller do at Stripe; each is one transaction of Stripe's books. */
export function createLevers(stripe: Stripe) {
  const once = <Result>(work: () => Result): Result => stripe.books.atomically(work)
  const charge = (id: string) => chargeOf(stripe.books, id)
  return {
    pay(id: string, card: Card | null): 'completed' | 'refused' | 'closed' {
      const method = card && readMethod(CARDS[card], 'eur')
      if (typeof method === 'string') throw new TypeError(method)
      return paySession(stripe, id, { email: `${id.slice(-8)}@Example.com`, method, acceptsTerms: true }).kind
    },
    /** A delayed payment arrives before its time. */
    settle: (id: string) => once(() => settlePayment(stripe, charge(id).id, 'succeeded')),
    refund: (id: string, amount?: number) => once(() => void refundCharge(stripe, charge(id), { amount })),
    /** The money of every refund under way reaches the buyer. */
    refundsArrive: (id: string) =>
      once(() => {
        for (const refundId of stripe.books.refundsOf.of(charge(id).id)) settleRefund(stripe, refundId)
      }),
    /** Stripe cancels a refund that is still under way. */
    cancelRefunds: (id: string) =>
      once(() => {
        for (const refundId of stripe.books.refundsOf.of(charge(id).id)) {
          const refund = stripe.books.refunds.get(refundId)
          if (refund?.status === 'pending') undoRefund(stripe, refund, 'canceled')
        }
      }),
    dispute: (id: string) => once(() => void openDispute(stripe, charge(id), 'fraudulent')),
    inquire: (id: string) => once(() => void openDispute(stripe, charge(id), 'inquiry')),
    decide: (id: string, decision: 'won' | 'lost') =>
      once(() => {
        for (const dispute of disputesOf(stripe, charge(id)))
          if (isOpen(dispute)) closeDispute(stripe, dispute, decision)
      }),
    enterFreeCode: (id: string) => {
      stripe.books.sessions.put({ ...sessionOf(stripe.books, id), allow_promotion_codes: true })
      const outcome = applyPromotionCode(stripe, id, FREE_CODE)
      if (typeof outcome === 'string') throw new TypeError(outcome)
    },
    /** Somebody edits a line's price at Stripe: what is charged is no longer what was asked for. */
    tamper: (id: string) =>
      once(() => {
        for (const lineId of stripe.books.linesOf.of(id)) {
          const line = stripe.books.lineItems.get(lineId)
          if (line) stripe.books.lineItems.put({ ...line, metadata: { ...line.metadata, unit_amount: '1' } })
        }
      }),
  }
}

export function sessionOf(books: Books, id: string): Session {
  const session = books.sessions.get(id)
  if (!session) throw new TypeError(`Stripe knows no session ${id}`)
  return session
}

/** The charge that counts, of a session that was charged. */
export function chargeOf(books: Books, sessionId: string): Charge {
  const intent = books.paymentIntents.get(String(sessionOf(books, sessionId).payment_intent ?? ''))
  const charge = books.charges.get(String(intent?.latest_charge ?? ''))
  if (!charge) throw new TypeError(`session ${sessionId} was never charged`)
  return charge
}
