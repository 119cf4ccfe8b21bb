import type { OrderStatus } from './order-status.ts'

/** Everything that the shop knows of an order; amounts in minor units of its currency, times as JSON has them. */
export type OrderFile = {
  order: {
    id: string
    stripe_session_id: string
    stripe_payment_intent_id: string | null
    livemode: boolean
    status: OrderStatus
    review_reason: string | null
    email: string | null
    stripe_email: string | null
    currency: string
    amount_subtotal: number
    amount_discount: number
    amount_tax: number
    amount_total: number
    amount_refunded: number
    created_at: string
    paid_at: string | null
    observed_at: string
    approved_at: string | null
    rejected_at: string | null
    erased_at: string | null
    /** Why mails do not reach the address; null when nothing is known against it. */
    mail_state: 'bounced' | 'complained' | null
  }
  items: FiledItem[]
  jobs: { id: string; kind: string; state: string; attempts: number; last_error: string | null; created_at: string }[]
  mails: FiledMail[]
  downloads: { redeemed_at: string; filename: string; version: number; title: string }[]
  changes: { actor: string; change: Record<string, unknown>; changed_at: string }[]
  refunds: { id: string; amount: number; status: string; reason: string | null; refunded_at: string }[]
  requests: FiledRequest[]
  disputes: { id: string; amount: number; status: string; reason: string | null; opened_at: string }[]
}

export type FiledItem = {
  id: string
  title: string
  slug: string | null
  quantity: number
  unit_amount: number
  amount_total: number
  refunded_at: string | null
  revoked_at: string | null
}

type FiledMail = {
  id: string
  kind: string
  to_address: string | null
  created_at: string
  sent_at: string | null
  voided_at: string | null
  delivery: string | null
  is_held: boolean
  job_state: string | null
  last_error: string | null
}

type FiledRequest = {
  id: string
  amount: number
  state: string
  reason: string | null
  actor: string
  stripe_refund_id: string | null
  requested_at: string
}

/**
 * Something that happened to an order. `about` is what it was about in its own terms, `state` how it stands, `detail` what else there is
 * to know; a person's words are made of them elsewhere.
 */
export type TimelineEntry = {
  at: string
  kind: 'order' | 'paid' | 'event' | 'job' | 'mail' | 'download' | 'change' | 'refund' | 'request' | 'dispute'
  about: string
  state: string
  detail: string
  amount: number | null
}

/** An order with its history. `rest` is what can still be paid back, `gone` what was or is being, `stripe_url` where Stripe shows it. */
export type GatheredOrder = OrderFile & {
  timeline: TimelineEntry[]
  rest: number
  gone: number
  stripe_url: string | null
}

/** What happened to an order, oldest first. */
export function timelineOf(file: OrderFile): TimelineEntry[] {
  const { order } = file
  const began = { at: order.created_at, kind: 'order' as const, about: order.stripe_session_id }
  const paid = { at: order.paid_at ?? '', kind: 'paid' as const, about: order.stripe_payment_intent_id ?? '' }
  const entries: Partial<TimelineEntry>[] = [
    began,
    ...(order.paid_at ? [{ ...paid, amount: order.amount_total }] : []),
    ...file.jobs.map(jobEntry),
    ...file.mails.map(mailEntry),
    ...file.downloads.map(({ redeemed_at, filename, version, title }) => ({
      at: redeemed_at,
      kind: 'download' as const,
      about: filename,
      detail: title,
      state: String(version),
    })),
    // A request for a refund stands for itself.
    ...file.changes.filter(({ change }) => !('refund' in change)).map(changeEntry),
    ...file.requests.map(({ requested_at, actor, amount, state, reason }) => ({
      at: requested_at,
      kind: 'request' as const,
      about: actor,
      state,
      amount,
      detail: reason ?? '',
    })),
    ...file.refunds.map(({ refunded_at, id, amount, status }) => ({
      at: refunded_at,
      kind: 'refund' as const,
      about: id,
      amount,
      state: status,
    })),
    ...file.disputes.map(({ opened_at, id, amount, status, reason }) => ({
      at: opened_at,
      kind: 'dispute' as const,
      about: id,
      amount,
      state: status,
      detail: reason ?? '',
    })),
  ]
  const whole = entries.map((entry) => ({ about: '', state: '', detail: '', amount: null, ...entry }) as TimelineEntry)
  return whole.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

/** An event of Stripe's is the job under its id. */
function jobEntry({
  id,
  kind,
  state,
  attempts,
  last_error,
  created_at,
}: OrderFile['jobs'][number]): Partial<TimelineEntry> {
  const isEvent = id.startsWith('stripe:')
  const tried = state === 'done' || !last_error ? '' : `${attempts} × ${last_error.split('\n')[0]}`
  return {
    at: created_at,
    kind: isEvent ? 'event' : 'job',
    about: isEvent ? id.slice(7) : `${kind} ${id}`,
    state,
    detail: tried,
  }
}

function mailEntry(mail: FiledMail): Partial<TimelineEntry> {
  const { kind, to_address, created_at, sent_at, last_error } = mail
  const state = mailState(mail)
  const detail = [to_address, state === 'sent' || state === 'delivered' ? '' : last_error].filter(Boolean).join(' · ')
  return { at: sent_at ?? created_at, kind: 'mail', about: kind, state, detail }
}

function mailState({ sent_at, voided_at, delivery, is_held, job_state }: FiledMail): string {
  if (delivery) return delivery
  if (sent_at) return 'sent'
  if (voided_at) return 'voided'
  if (is_held) return 'held'
  return job_state === 'dead' ? 'dead' : 'waiting'
}

function changeEntry({ actor, change, changed_at }: OrderFile['changes'][number]): Partial<TimelineEntry> {
  const [name = '', value] = Object.entries(change)[0] ?? []
  const detail = typeof value === 'string' ? value : value === true ? '' : JSON.stringify(value ?? '')
  return { at: changed_at, kind: 'change', about: name, state: actor, detail }
}
