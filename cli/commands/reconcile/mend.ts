import { enqueueMails, findUnsent, type UnsentMail } from '../../../db/reconcile.ts'
import type { App } from '../../../shop/app.ts'
import { ShopError } from '../../../shop/errors.ts'
import { syncOrder } from '../../../shop/orders/sync-order.ts'
import type { Drift } from '../../../shop/reconcile/drift.ts'
import type { Finding } from './report.ts'

/** A sync is up to three calls, and Stripe shall get ten a second at most. */
const AFTER_SYNC_MS = 300

/** Syncs every sale among these differences once. @returns each with what became of it */
export async function mend(app: App, drifts: Drift[], isDryRun: boolean): Promise<Finding[]> {
  const outcomes = new Map<string, string | null>()
  const findings: Finding[] = []
  for (const drift of drifts) {
    const sale = drift.sessionId ?? drift.paymentIntentId ?? ''
    if (!isDryRun && !outcomes.has(sale)) outcomes.set(sale, await sync(app, drift))
    const complaint = outcomes.get(sale) ?? null
    const action = isDryRun ? 'would be mended' : complaint ? `not mended: ${complaint}` : 'mended'
    const { kind, stripe, ours, orderId } = drift
    findings.push({ kind, sale: orderId ?? sale, stripe, ours, action, isLeft: isDryRun || complaint !== null })
  }
  return findings
}

/** Null when our row is as new as Stripe's; else why it is not. */
async function sync(app: App, { sessionId, paymentIntentId }: Drift): Promise<string | null> {
  try {
    const id = sessionId ?? (await app.payments.findSessionId(paymentIntentId ?? ''))
    if (!id) return 'no checkout session belongs to this payment'
    const outcome = await syncOrder(app, id)
    return outcome.kind === 'nothing' ? `Stripe's session is ${outcome.why.replace('_', ' ')}` : null
  } catch (error) {
    if (!(error instanceof ShopError) && !(error instanceof Error && error.name === 'NeonDbError')) throw error
    return error.message
  } finally {
    await app.pause(AFTER_SYNC_MS)
  }
}

/** Queues unsent mails again, except those that nobody can know about. */
export async function mendMails(app: App, isDryRun: boolean): Promise<Finding[]> {
  const unsent = await findUnsent(app.db)
  const sendable = unsent.filter(({ state }) => state !== 'held').map(({ id }) => id)
  if (!isDryRun && sendable.length > 0) await enqueueMails(app.db, sendable)
  return unsent.map((mail) => findingOf(mail, isDryRun))
}

function findingOf({ id, order_id, state, reason }: UnsentMail, isDryRun: boolean): Finding {
  const isHeld = state === 'held'
  const action = isHeld ? 'see docs/RUNBOOK.md' : isDryRun ? 'would be queued again' : 'queued again'
  const ours = reason ? `${state}: ${reason.split('\n')[0]}` : state
  return { kind: 'unsent_mail', sale: order_id ?? id, stripe: id, ours, action, isLeft: isDryRun || isHeld }
}
