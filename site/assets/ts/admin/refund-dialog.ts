import type { FiledItem, GatheredOrder } from '../../../../shop/orders/order-timeline.ts'
import type { RefundAnswer } from '../../../../shop/orders/wanted-refund.ts'
import { adminOrderWords as words } from '../../../_data/admin-order-words.ts'
import { element } from '../element.ts'
import { ask, Trouble } from './ask.ts'
import { askSure } from './confirm.ts'
import { drawChoice, drawField } from './fields.ts'
import { sayMoney } from './format.ts'
import { newRequestId } from './request-id.ts'
import { readTypedAmount } from './typed-amount.ts'

/** What is chosen: what to ask for, what it comes to, or what is wrong with it. */
type Choice = { wish: 'rest' | { amount: number } | { item_ids: string[] }; amount: number; problem: string | null }

const say = words.refund

/** Asks what shall be paid back, and does it. The sum and the buyer stand in the dialog before the button moves any money. */
export async function askRefund(file: GatheredOrder): Promise<string | null> {
  const { order, rest, gone } = file
  const parts = drawParts(file)
  const summary = element('p', { className: 'strong' })
  const body = element('div', { className: 'refund-choices' }, [...parts.lines, summary])
  const read = () => checked(parts.read(), rest, order.currency)
  const follow = () => {
    const { amount, problem } = read()
    const sum = sayMoney(amount, order.currency)
    summary.textContent = problem ? '' : say.summary(sum, order.email ?? words.nobody)
    const button = body.closest('dialog')?.querySelector('.yes')
    if (button) button.textContent = problem ? say.title : say.button(sum)
  }
  body.oninput = follow
  const first = say.button(sayMoney(rest, order.currency))
  follow()
  const isSure = await askSure({
    title: say.title,
    texts: [],
    body,
    button: first,
    isDanger: true,
    check: () => read().problem,
  })
  if (!isSure) return null
  const { wish, amount } = read()
  const question = { order_id: order.id, request_id: newRequestId(), wish, seen: gone }
  return pay(question, sayMoney(amount, order.currency), order.email ?? words.nobody)
}

async function pay(
  question: { request_id: string; again?: boolean },
  sum: string,
  buyer: string,
): Promise<string | null> {
  try {
    return tellAnswer(await ask<RefundAnswer>('/admin_refund', question), sum)
  } catch (error) {
    if (!(error instanceof Trouble) || !error.message) throw error
    if (error.state !== 'repeated') return error.message
    const texts = [error.message, say.summary(sum, buyer)]
    const isMeant = await askSure({ title: say.againTitle, texts, button: say.again, isDanger: true })
    return isMeant ? pay({ ...question, again: true }, sum, buyer) : null
  }
}

function tellAnswer(answer: RefundAnswer, sum: string): string {
  const { done } = words
  if (answer.state === 'refused') return done.refundRefused(answer.reason)
  if (answer.state === 'open') return done.refundOpen(sum)
  if (answer.status === 'failed' || answer.status === 'canceled') return done.refundFailed(sum)
  return answer.status === 'succeeded' || answer.status === 'known' ? done.refundMade(sum) : done.refundPending(sum)
}

function checked(choice: Choice, rest: number, currency: string): Choice {
  if (choice.problem || choice.amount <= rest) return choice
  return { ...choice, problem: say.tooMuch(sayMoney(rest, currency)) }
}

/** Everything, some items, or an amount. */
function drawParts({ order, rest, items }: GatheredOrder): { lines: HTMLElement[]; read: () => Choice } {
  const open = items.filter(({ refunded_at, amount_total }) => refunded_at === null && amount_total > 0)
  const way = (id: string, label: string) => drawChoice(label, { type: 'radio', name: 'way', id })
  const whole = way('refund-rest', say.rest(sayMoney(rest, order.currency)))
  const some = way('refund-items', say.items)
  const part = way('refund-part', say.amount)
  whole.input.checked = true
  const boxes = open.map((item) => ({ item, ...drawItem(item, order.currency, some.input) }))
  const typed = element('input', { id: 'refund-amount', inputMode: 'decimal', autocomplete: 'off' })
  typed.onfocus = () => {
    part.input.checked = true
    typed.dispatchEvent(new Event('input', { bubbles: true }))
  }
  const field = drawField(say.amountLabel(order.currency.toUpperCase()), typed)
  const itemLines = open.length > 1 || items.length > 1 ? [some.line, ...boxes.map(({ line }) => line)] : []
  const read = (): Choice => {
    if (whole.input.checked) return { wish: 'rest', amount: rest, problem: null }
    if (some.input.checked) return readItems(boxes.filter(({ input }) => input.checked).map(({ item }) => item))
    const amount = readTypedAmount(typed.value, order.currency)
    return { wish: { amount: amount ?? 0 }, amount: amount ?? 0, problem: amount === null ? say.badAmount : null }
  }
  return { lines: [whole.line, ...itemLines, part.line, field], read }
}

function drawItem({ title, amount_total, id }: FiledItem, currency: string, way: HTMLInputElement) {
  const made = drawChoice(`${title}, ${sayMoney(amount_total, currency)}`, { type: 'checkbox', id: `refund-${id}` })
  made.line.classList.add('choice-below')
  // Before the dialog hears of it.
  made.input.oninput = () => {
    way.checked = true
  }
  return made
}

function readItems(items: FiledItem[]): Choice {
  const amount = items.reduce((sum, item) => sum + item.amount_total, 0)
  const wish = { item_ids: items.map(({ id }) => id) }
  return { wish, amount, problem: items.length === 0 ? say.nothing : null }
}
