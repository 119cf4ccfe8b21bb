import type { Books } from '../../local/stripe/books.ts'
import type { Session } from '../../local/stripe/wire-types.ts'
import { chargeOf, sessionOf } from './levers.ts'
import type { Tale } from './plots.ts'
import type { SimulatedDatabase } from './simulated-database.ts'
import type { Vendors } from './vendors.ts'

/** What must be true of one session in the end; null when there must be no order. */
export type Truth = { status: string; files: string[]; mails: string[] } | null

type Refund = { id: string; status: string | null }

/**
 * What the ledger of money says that the order must be, written from the required outcomes of the fault table and not from the shop's
 * code: refunded before in review, before disputed, before partly refunded, before paid, before awaited, before failed.
 */
export function truthOf(books: Books, { sessionId, isOurs, blocked, plot }: Tale): Truth {
  const session = sessionOf(books, sessionId)
  if (!isOurs || session.status !== 'complete') return null
  const status = statusOf(books, session, plot === 'tampered')
  const sold = books.linesOf.of(sessionId).map((id) => String(books.lineItems.get(id)?.metadata?.product_id))
  const isOpen = status === 'paid' || status === 'partially_refunded'
  const files = isOpen ? sold.filter((id) => !blocked.some((slug) => id === `prd_${slug}`)) : []
  return { status, files: files.sort(), mails: mailsOf(status) }
}

function statusOf(books: Books, session: Session, isTampered: boolean): string {
  const total = session.amount_total ?? 0
  if (total === 0) return isTampered ? 'review' : 'paid'
  const charge = chargeOf(books, session.id)
  if (charge.amount_refunded >= total) return 'refunded'
  if (isTampered) return 'review'
  const disputes = books.disputesOf.of(charge.id).map((id) => books.disputes.get(id)?.status)
  // Money is gone, or held back, while a dispute is open and after it was lost; an inquiry moves none.
  if (disputes.some((status) => ['needs_response', 'under_review', 'lost'].includes(String(status)))) return 'disputed'
  if (charge.amount_refunded > 0) return 'partially_refunded'
  if (charge.paid) return 'paid'
  return charge.status === 'pending' ? 'pending' : 'failed'
}

/** Kinds of mails about the order itself that the buyer must have. */
function mailsOf(status: string): string[] {
  if (status === 'failed') return ['payment_failed']
  return status === 'pending' || status === 'review' ? [] : ['receipt']
}

export type Found = {
  id: string
  stripe_session_id: string
  status: string
  files: string[]
}

/** Every order as our database has it, with the products whose files it opens now. */
export function findOrders({ rows }: Pick<SimulatedDatabase, 'rows'>): Promise<Found[]> {
  return rows<Found>(`
    select o.id, o.stripe_session_id, o.status, coalesce((select json_agg(e.product_id order by e.product_id)
      from entitlements e where e.order_id = o.id), '[]') as files
    from orders o order by o.stripe_session_id`)
}

/** Mails that Resend really accepted, counted by their key. */
export function countMails({ ledger }: Pick<Vendors, 'ledger'>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { idempotency_key } of ledger.list<{ idempotency_key: string | null }>('mails')) {
    const key = idempotency_key ?? 'no key'
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

/** The refunds of a session's charge, as Stripe has them in the end. */
export function refundsOf(books: Books, sessionId: string): Refund[] {
  if (!sessionOf(books, sessionId).payment_intent) return []
  const ids = books.refundsOf.of(chargeOf(books, sessionId).id)
  return ids.flatMap((id) => books.refunds.get(id) ?? [])
}
