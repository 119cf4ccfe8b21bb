import type { CheckoutLine } from '../../../shop/checkout/checkout-request.ts'
import { soldLinesMetadata } from '../../../shop/orders/sold-lines.ts'
import type { ObservedLine, ObservedSession } from '../../../shop/payments/observed-session.ts'

export const BOOK: CheckoutLine = {
  product_id: 'prd_book',
  slug: 'book',
  title: 'A Book',
  unit_amount: 1900,
  currency: 'eur',
  quantity: 1,
}

/** A line as Stripe shows it after /go asked for `line`. */
export function observedLine(line: CheckoutLine, id = 'li_1'): ObservedLine {
  const { product_id, unit_amount, currency, quantity } = line
  return {
    id,
    title: line.title,
    quantity,
    unitAmount: unit_amount,
    currency,
    amountDiscount: 0,
    amountTax: 0,
    amountTotal: unit_amount * quantity,
    metadata: { product_id, unit_amount: String(unit_amount), currency, quantity: String(quantity) },
  }
}

/** A completed, paid session of ours with these lines, as Stripe shows it. */
export function observedSession(facts: Partial<ObservedSession> = {}, lines = [BOOK]): ObservedSession {
  const total = lines.reduce((sum, { unit_amount, quantity }) => sum + unit_amount * quantity, 0)
  return {
    id: 'cs_test_1',
    livemode: false,
    status: 'complete',
    paymentStatus: 'paid',
    currency: 'eur',
    amountSubtotal: total,
    amountDiscount: 0,
    amountTax: 0,
    amountTotal: total,
    email: 'buyer@example.com',
    metadata: { ...soldLinesMetadata(lines), claim: 'c'.repeat(64) },
    paymentIntentId: 'pi_1',
    paymentIntentStatus: 'succeeded',
    paidAt: new Date('2026-11-23T10:00:00Z'),
    lines: lines.map((line, i) => observedLine(line, `li_${i + 1}`)),
    refunds: [],
    disputes: [],
    ...facts,
  }
}

const WHEN = new Date('2026-11-24T10:00:00Z')

export function refund(amount: number, status = 'succeeded', id = 're_1') {
  return {
    id,
    amount,
    currency: 'eur',
    status,
    reason: null,
    createdAt: WHEN,
    orderItemIds: [] as string[],
    hasReturned: false,
  }
}

export function dispute(status: string, id = 'du_1') {
  return {
    id,
    amount: 1900,
    currency: 'eur',
    status,
    reason: 'fraudulent',
    createdAt: WHEN,
    withdrawnAt: WHEN,
    reinstatedAt: null,
  }
}
