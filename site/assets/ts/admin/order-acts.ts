import { mailableEmail } from '../../../../shop/orders/email-address.ts'
import type { FiledItem, GatheredOrder } from '../../../../shop/orders/order-timeline.ts'
import { adminOrderWords as words } from '../../../_data/admin-order-words.ts'
import { element } from '../element.ts'
import { ask, Trouble } from './ask.ts'
import { askSure } from './confirm.ts'
import { drawField } from './fields.ts'
import { sayMoney } from './format.ts'
import { askRefund } from './refund-dialog.ts'
import { newRequestId } from './request-id.ts'

/** Something that can be done. @returns what to say when it is done or was refused, or null when nobody wanted it after all */
export type Act = { label: string; does: () => Promise<string | null> }

/** What can be done with an order as it is. */
export function orderActs(file: GatheredOrder): Act[] {
  const { order, rest } = file
  const { act } = words
  const isReview = order.status === 'review' && !order.approved_at && !order.rejected_at
  const hasReceipt = !['pending', 'failed', 'review'].includes(order.status) && order.email !== null
  return [
    ...(isReview ? [{ label: act.approve, does: () => approve(order.id) }] : []),
    ...(isReview ? [{ label: act.reject, does: () => reject(file) }] : []),
    ...(rest > 0 && !isReview && order.status !== 'pending'
      ? [{ label: act.refund, does: () => askRefund(file) }]
      : []),
    ...(hasReceipt ? [{ label: act.receipt, does: () => sendReceipt(order.id, order.email ?? '') }] : []),
    ...(order.erased_at ? [] : [{ label: act.email, does: () => changeEmail(order.id) }]),
    { label: act.sync, does: () => tell(() => ask('/admin_sync', { order_id: order.id }), words.done.sync) },
  ]
}

/** Takes access to an item away or gives it back. */
export function accessAct({ id, title, revoked_at }: FiledItem, { order }: GatheredOrder): Act {
  const change = (action: 'revoke' | 'restore') => () =>
    tell(() => ask('/admin_change_order', { order_id: order.id, item_id: id, action }), words.done[action](title))
  if (revoked_at) return { label: words.act.restore, does: change('restore') }
  const { revoke } = words
  const question = { title: revoke.title, texts: [revoke.text(title)], button: revoke.button, isDanger: true }
  return { label: words.act.revoke, does: async () => ((await askSure(question)) ? change('revoke')() : null) }
}

/** Does it, and says so; a refusal is said in the shop's words. What the frame must explain is thrown on. */
export async function tell(does: () => Promise<unknown>, done: string): Promise<string> {
  try {
    await does()
    return done
  } catch (error) {
    if (error instanceof Trouble && error.message && (error.kind === 'refused' || error.kind === 'failed'))
      return error.message
    throw error
  }
}

async function approve(orderId: string): Promise<string | null> {
  const { title, text, button } = words.approve
  if (!(await askSure({ title, texts: [text], button }))) return null
  return tell(() => ask('/admin_change_order', { order_id: orderId, action: 'approve' }), words.done.approve)
}

async function reject({ order, rest }: GatheredOrder): Promise<string | null> {
  const { title, text, button } = words.reject
  const told = text(sayMoney(rest, order.currency), order.email ?? words.nobody)
  if (!(await askSure({ title, texts: [told], button, isDanger: true }))) return null
  return tell(() => ask('/admin_change_order', { order_id: order.id, action: 'reject' }), words.done.reject)
}

async function sendReceipt(orderId: string, email: string): Promise<string | null> {
  const { title, text, button } = words.receipt
  const request_id = newRequestId()
  if (!(await askSure({ title, texts: [text(email)], button }))) return null
  const question = { order_id: orderId, action: 'send_receipt', request_id }
  return tell(() => ask('/admin_change_order', question), words.done.receipt(email))
}

async function changeEmail(orderId: string): Promise<string | null> {
  const { title, text, label, button } = words.email
  const input = element('input', {
    id: 'new-email',
    type: 'email',
    autocomplete: 'off',
    spellcheck: false,
    maxLength: 320,
  })
  const check = () => (mailableEmail(input.value) === null ? words.badEmail : null)
  if (!(await askSure({ title, texts: [text], body: drawField(label, input), button, check }))) return null
  const email = mailableEmail(input.value) ?? ''
  return tell(
    () => ask('/admin_change_order', { order_id: orderId, action: 'set_email', email }),
    words.done.email(email),
  )
}
