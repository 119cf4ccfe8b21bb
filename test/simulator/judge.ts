import { countMails, type Found, findOrders, refundsOf, truthOf } from './oracle.ts'
import type { Tale } from './plots.ts'
import type { World } from './world.ts'

/** What a run came to: sessions that were judged, and each way in which ours differs from the truth. */
export type Verdict = {
  judged: number
  lost: number
  doubled: number
  wrong: number
  mailsDoubled: number
  faults: string[]
}

type Exempt = (tale: Tale) => boolean

/** Holds our rows and the mails that went out against Stripe's and Resend's own ledgers. */
export async function judge(world: World, tales: Tale[], isExempt: Exempt = () => false): Promise<Verdict> {
  const orders = Map.groupBy(await findOrders(world.database), ({ stripe_session_id }) => stripe_session_id)
  const mails = countMails(world.vendors)
  const verdict: Verdict = { judged: 0, lost: 0, doubled: 0, wrong: 0, mailsDoubled: 0, faults: [] }
  for (const tale of tales) {
    if (isExempt(tale)) continue
    verdict.judged += 1
    judgeTale({ world, tale, found: orders.get(tale.sessionId) ?? [], mails }, verdict)
  }
  for (const [key, count] of mails) if (count > 1) blame(verdict, 'mailsDoubled', `mail ${key} went out ${count} times`)
  const strangers = [...orders.keys()].filter((id) => !world.vendors.world.books.sessions.get(id))
  for (const id of strangers) blame(verdict, 'wrong', `an order for the session ${id}, which Stripe does not know`)
  return verdict
}

const NEVER_OPEN = ['pending', 'failed', 'review']

type Case = { world: World; tale: Tale; found: Found[]; mails: Map<string, number> }

function judgeTale({ world, tale, found, mails }: Case, verdict: Verdict): void {
  const { books } = world.vendors.world
  const truth = truthOf(books, tale)
  const name = `${tale.plot} ${tale.sessionId}`
  const [order] = found
  if (found.length > 1) blame(verdict, 'doubled', `${name}: ${found.length} orders`)
  if (!truth && order) blame(verdict, 'wrong', `${name}: must have no order, has one that is ${order.status}`)
  if (truth && !order) blame(verdict, 'lost', `${name}: no order, must be ${truth.status}`)
  if (!truth || !order) return
  if (order.status !== truth.status) blame(verdict, 'wrong', `${name}: is ${order.status}, must be ${truth.status}`)
  if (String(order.files) !== String(truth.files))
    blame(verdict, 'wrong', `${name}: opens [${order.files}], must open [${truth.files}]`)
  for (const kind of truth.mails)
    if (!mails.has(`${kind}:${order.id}`)) blame(verdict, 'lost', `${name}: no mail ${kind} (${order.status})`)
  // A sale that was refunded later may have been told of its links before; one that never gave access may not.
  const isPromised = [...mails.keys()].some((key) => key.startsWith(`links_ready:${order.id}:`))
  if (isPromised && NEVER_OPEN.includes(truth.status))
    blame(verdict, 'wrong', `${name}: links promised, ${truth.status}`)
  for (const refund of refundsOf(books, tale.sessionId)) judgeRefund({ name, refund, mails }, verdict)
}

type RefundCase = { name: string; refund: { id: string; status: string | null }; mails: Map<string, number> }

/** A refund is told of once it is through; where it failed after that, the buyer reads that too. */
function judgeRefund({ name, refund: { id, status }, mails }: RefundCase, verdict: Verdict): void {
  const [isTold, isCorrected] = [mails.has(`refund:${id}`), mails.has(`refund_failed:${id}`)]
  if (status === 'succeeded' && !isTold) blame(verdict, 'lost', `${name}: nobody was told of the refund ${id}`)
  const isOver = status === 'failed' || status === 'canceled'
  if (isOver && isTold !== isCorrected)
    blame(verdict, 'wrong', `${name}: refund ${id} ${status}, told: ${isTold}, corrected: ${isCorrected}`)
}

function blame(verdict: Verdict, kind: 'lost' | 'doubled' | 'wrong' | 'mailsDoubled', fault: string): void {
  verdict[kind] += 1
  verdict.faults.push(fault)
}
