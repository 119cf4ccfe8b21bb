import type { Report } from '../../shop/admin/figures.ts'
import { reportOf } from '../../shop/admin/figures.ts'
import { lastDays } from '../../shop/admin/period.ts'
import type { WorkReport } from '../../shop/admin/work-report.ts'
import type { ListedOrder } from '../../shop/orders/listed-order.ts'
import { ORDER_STATES } from '../../shop/orders/order-status.ts'
import type { GatheredOrder, OrderFile } from '../../shop/orders/order-timeline.ts'
import { timelineOf } from '../../shop/orders/order-timeline.ts'

/** A year in which something happened on most days, in two currencies. */
export function sampleReport(days: number): Report {
  const period = lastDays(days, '2026-11-23')
  const figures = reportOf([], period).days.flatMap(({ day }, i) => [
    { day, measure: 'sale' as const, subject: 'eur', amount: 1900 * (i % 7), count: i % 7 },
    ...(i % 5 === 0 ? [{ day, measure: 'refund' as const, subject: 'eur', amount: 950, count: 1 }] : []),
    ...(i % 11 === 0 ? [{ day, measure: 'sale' as const, subject: 'jpy', amount: 1500, count: 1 }] : []),
    ...(i === 3 ? [{ day, measure: 'lost_dispute' as const, subject: 'eur', amount: 1900, count: 1 }] : []),
    { day, measure: 'checkout' as const, subject: '', amount: 0, count: (i % 7) + 2 },
    { day, measure: 'click' as const, subject: '', amount: 0, count: i % 13 },
  ])
  return reportOf(figures, period)
}

/** An order in each state. */
export const sampleOrders: ListedOrder[] = ORDER_STATES.map((status, i) => ({
  id: `ord_sample${i}`,
  created_at: '2026-11-20T10:00:00.000000Z',
  paid_at: i === 0 ? null : '2026-11-20T10:00:00Z',
  status,
  email: i === 1 ? null : `somebody.with.a.rather.long.name${i}@subdomain.example.com`,
  currency: 'eur',
  amount_total: 4400,
  amount_refunded: 0,
  livemode: i % 2 === 0,
  titles: ['A Book & <More>', 'A Print'],
  items: 4,
}))

const file: OrderFile = {
  order: {
    ...{
      id: 'ord_sample1',
      stripe_session_id: 'cs_test_sample',
      stripe_payment_intent_id: 'pi_sample',
      livemode: false,
    },
    ...{
      status: 'partially_refunded',
      review_reason: null,
      email: 'ada@example.com',
      stripe_email: 'Adaa@example.com',
    },
    ...{
      currency: 'eur',
      amount_subtotal: 4400,
      amount_discount: 0,
      amount_tax: 700,
      amount_total: 4400,
      amount_refunded: 1900,
    },
    ...{ created_at: '2026-11-20T10:00:00Z', paid_at: '2026-11-20T10:00:01Z', observed_at: '2026-11-20T10:00:02Z' },
    ...{ approved_at: null, rejected_at: null, erased_at: null, mail_state: 'bounced' },
  },
  items: [
    {
      id: 'itm_book',
      title: 'A Book & <More>',
      slug: 'book',
      quantity: 1,
      unit_amount: 1900,
      amount_total: 1900,
      refunded_at: '2026-11-21T10:00:00Z',
      revoked_at: null,
    },
    {
      id: 'itm_print',
      title: 'A Print',
      slug: 'print',
      quantity: 2,
      unit_amount: 1250,
      amount_total: 2500,
      refunded_at: null,
      revoked_at: null,
    },
    {
      id: 'itm_font',
      title: 'A Font',
      slug: 'font',
      quantity: 1,
      unit_amount: 0,
      amount_total: 0,
      refunded_at: null,
      revoked_at: '2026-11-22T10:00:00Z',
    },
  ],
  jobs: [
    {
      id: 'stripe:evt_sample',
      kind: 'sync_order',
      state: 'done',
      attempts: 1,
      last_error: null,
      created_at: '2026-11-20T10:00:02Z',
    },
  ],
  mails: [
    {
      id: 'receipt:ord_sample1',
      kind: 'receipt',
      to_address: 'adaa@example.com',
      created_at: '2026-11-20T10:00:02Z',
      sent_at: '2026-11-20T10:00:03Z',
      voided_at: null,
      delivery: 'bounced',
      is_held: false,
      job_state: 'done',
      last_error: null,
    },
    {
      id: 'refund:re_sample',
      kind: 'refund',
      to_address: null,
      created_at: '2026-11-21T10:00:02Z',
      sent_at: null,
      voided_at: null,
      delivery: null,
      is_held: false,
      job_state: 'dead',
      last_error: 'no address',
    },
  ],
  downloads: [
    {
      redeemed_at: '2026-11-20T10:05:00Z',
      filename: 'a-very-long-file-name-that-does-not-want-to-be-broken.pdf',
      version: 2,
      title: 'A Book & <More>',
    },
  ],
  changes: [
    {
      actor: 'seller@example.com',
      change: { email: { from: 'adaa@example.com', to: 'ada@example.com' } },
      changed_at: '2026-11-20T11:00:00Z',
    },
  ],
  refunds: [{ id: 're_sample', amount: 1900, status: 'succeeded', reason: null, refunded_at: '2026-11-21T10:00:00Z' }],
  requests: [
    {
      id: 'rfq_sample',
      amount: 1900,
      state: 'made',
      reason: null,
      actor: 'seller@example.com',
      stripe_refund_id: 're_sample',
      requested_at: '2026-11-21T09:59:00Z',
    },
  ],
  disputes: [
    {
      id: 'dp_sample',
      amount: 2500,
      status: 'needs_response',
      reason: 'fraudulent',
      opened_at: '2026-11-22T10:00:00Z',
    },
  ],
}

/** An order to which everything has happened. */
export const sampleOrder: GatheredOrder = {
  ...file,
  timeline: timelineOf(file),
  rest: 2500,
  gone: 1900,
  stripe_url: 'https://dashboard.stripe.com/test/payments/pi_sample',
}

/** A queue with dead letters. */
export const sampleWork: WorkReport = {
  kinds: [
    { kind: 'sync_order', open: 3, running: 1, late: 1, dead: 2, done: 1400 },
    { kind: 'send_email', open: 0, running: 0, late: 0, dead: 0, done: 2800 },
  ],
  oldest_due_seconds: 900,
  held_mails: 1,
  dead: [
    {
      id: 'stripe:evt_dead',
      kind: 'sync_order',
      attempts: 10,
      last_error: 'VendorRefused: the payment service refused this request',
      finished_at: '2026-11-22T10:00:00Z',
    },
    {
      id: 'stripe:evt_dead_too',
      kind: 'sync_order',
      attempts: 1,
      last_error: null,
      finished_at: '2026-11-22T10:00:00Z',
    },
  ],
  event_at: '2026-11-23T10:00:00Z',
  mail_at: null,
  night: '2026-11-23',
  sweep_at: '2026-11-23T10:05:00Z',
  is_storage_well: true,
  build: {
    state: 'failed',
    changes: 2,
    since: '2026-11-23T09:00:00Z',
    due_at: null,
    sent_at: null,
    built_at: null,
    reason: 'the hook answers 500',
  },
}
