import { formatMoney } from '../money.ts'
import type { MailContent } from './mail-layout.ts'
import type { MailOrder, MailPayload, MailSubject } from './mail-subject.ts'

type Notice = { subject: string; heading: string; paragraphs: string[]; rows?: MailContent['rows'] }

/** Tells the seller of a sale. */
export function writeSale({ shop, order }: MailSubject): MailContent {
  const total = moneyOf(order, order.amount_total, shop.locale)
  const titles = order.items
    .map(({ title, quantity }) => (quantity === 1 ? title : `${quantity} × ${title}`))
    .join(', ')
  return aboutOrder(order, {
    subject: `Sold: ${titles} (${total})`,
    heading: `A sale of ${total}`,
    paragraphs: [`${order.email ?? 'A buyer without an address'} bought ${titles}.`],
  })
}

/** Asks the seller to look at an order whose amounts are not what the shop asked for. */
export function writeReview({ order, shop }: MailSubject): MailContent {
  return aboutOrder(order, {
    subject: `Please check order ${order.id}`,
    heading: 'An order does not match what the shop asked for',
    paragraphs: [
      `What differs: ${order.review_reason ?? 'unknown'}. The buyer has paid ${moneyOf(order, order.amount_total, shop.locale)} and has no access yet.`,
      `If all is well: npm run till -- order approve ${order.id}`,
      `If not, this refunds the buyer in full: npm run till -- order reject ${order.id}`,
    ],
  })
}

const DISPUTES: Record<string, { heading: string; advice: string }> = {
  won: { heading: 'You won a dispute', advice: 'The money is yours again, and the buyer has access again.' },
  lost: { heading: 'You lost a dispute', advice: 'The money has gone back to the buyer, whose access stays closed.' },
  prevented: { heading: 'A dispute was prevented', advice: 'No money has moved for it, and the buyer keeps access.' },
  warning_closed: { heading: 'An inquiry has ended', advice: 'No money has moved for it, and the buyer keeps access.' },
}
const INQUIRY = {
  heading: 'A bank asks about a payment',
  advice: 'No money has moved yet, and the buyer keeps access. Answer it in Stripe before its date.',
}
const OPENED = {
  heading: 'A payment is disputed',
  advice:
    'The buyer has no access while it is open. Answer it in Stripe before its date: an unanswered dispute is lost.',
}

/** Tells the seller that a dispute was opened, or how it ended. */
export function writeDispute({ order, payload, shop }: MailSubject): MailContent {
  const dispute = order.disputes.find(({ stripe_dispute_id }) => stripe_dispute_id === payload.stripe_dispute_id)
  const status = dispute?.status ?? 'needs_response'
  const { heading, advice } = DISPUTES[status] ?? (status.startsWith('warning_') ? INQUIRY : OPENED)
  return aboutOrder(order, {
    subject: `${heading}: order ${order.id}`,
    heading,
    paragraphs: [`Reason given: ${(dispute?.reason ?? 'none').replaceAll('_', ' ')}.`, advice],
    rows: [{ label: 'Disputed', value: moneyOf(order, dispute?.amount ?? 0, shop.locale) }],
  })
}

/** Passes an early fraud warning of Stripe's on to the seller. */
export function writeFraudWarning({ order, shop }: MailSubject): MailContent {
  return aboutOrder(order, {
    subject: `Early fraud warning: order ${order.id}`,
    heading: 'A bank thinks that a payment may be fraud',
    paragraphs: [
      'Nothing has happened yet, and the buyer has access. If you do not know this buyer, a refund now is cheaper than the dispute that often follows.',
    ],
    rows: [{ label: 'Paid', value: moneyOf(order, order.amount_total, shop.locale) }],
  })
}

/** Tells the seller that work was given up and what to do about it. */
export function writeDeadJob({ job_id = '', job_kind = '', job_error = '' }: MailPayload): MailContent {
  return {
    subject: `Till gave up on a job: ${job_kind}`,
    preview: job_error.slice(0, 120),
    heading: 'A job has failed for good',
    paragraphs: [
      `${job_kind === 'send_email' ? 'A mail could not be sent' : 'Something that the shop had to do was not done'}. Its last error: ${job_error || 'none was written down'}`,
      `When the reason is mended, run it again: npm run till -- job redrive ${job_id}`,
    ],
    action: null,
    facts: [`Job ${job_id}`],
    rows: [],
    notes: ['docs/RUNBOOK.md says what the usual errors mean.'],
  }
}

function aboutOrder(order: MailOrder, { subject, heading, paragraphs, rows = [] }: Notice): MailContent {
  return {
    subject,
    preview: `Order ${order.id}`,
    heading,
    paragraphs,
    action: order.stripe_payment_intent_id
      ? { label: 'Open in Stripe', url: stripeLink(order, order.stripe_payment_intent_id) }
      : null,
    facts: [`Order ${order.id}`, `Buyer: ${order.email ?? 'no usable address'}`],
    rows,
    notes: [],
  }
}

function stripeLink({ livemode }: MailOrder, paymentIntentId: string): string {
  return `https://dashboard.stripe.com/${livemode ? '' : 'test/'}payments/${paymentIntentId}`
}

function moneyOf({ currency }: MailOrder, amount: number, locale: string): string {
  return formatMoney({ amount, currency }, locale)
}
