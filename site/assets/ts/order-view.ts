import { formatMoney } from '../../../shop/money.ts'
import { orderWords as words } from '../../_data/order-words.ts'
import { type FileLine, fileLines } from './file-line.ts'
import type { OrderAnswer } from './order-answer.ts'
import { type ProofStep, RESEND_MS } from './proof-step.ts'
import { sayTime } from './say-time.ts'

export type ViewAction = 'retry' | 'store' | 'purchases' | 'write' | 'resend' | 'other'

/** A form of one field; `value` is what it holds when it is drawn, `hint` what sending it will do. */
export type FormView = { field: 'email' | 'code'; label: string; value: string; submit: string; hint?: string }

/** Everything that the page shows for an answer, as plain values. */
export type OrderView = {
  tone: 'good' | 'wait' | 'attention' | 'ask' | 'sent'
  title: string
  text: string
  facts: { term: string; value: string }[]
  files: FileLine[]
  form: FormView | null
  /** `from`: before that time of this device, in milliseconds, the action waits. */
  actions: { label: string; does: ViewAction; from?: number }[]
}

/** After this long without a settled payment, the page tells the buyer that there is no need to wait. */
export const LONG_WAIT_SECONDS = 120

/** What the page can say: an answer of the shop, how far the buyer has come in proving to be one, or how things stand without. */
export type Standing = OrderAnswer | ProofStep | { kind: 'looking' } | { kind: 'no-reference' }

const PLAIN = { facts: [], files: [], form: null, actions: [] }

/** Says an answer in the shop's words; `waitedSeconds` is how long the page has been asking. */
export function orderView(standing: Standing, waitedSeconds: number, locale: string): OrderView {
  switch (standing.kind) {
    case 'paid':
      return paidView(standing, locale)
    case 'looking':
      return { ...PLAIN, ...words.looking, tone: 'wait' }
    case 'processing':
      return waitView(waitedSeconds < LONG_WAIT_SECONDS ? words.processing : words.processingLong, words.look)
    case 'busy':
      return waitView(words.busy(sayTime(standing.retrySeconds, locale)), words.again)
    case 'offline':
      return waitView(words.offline, words.again)
    case 'no-reference':
      return attentionView(words.noReference, ['purchases', 'store'])
    case 'refused':
      return refusedView(standing)
    default:
      return stepView(standing)
  }
}

function paidView({ order, downloads }: OrderAnswer & { kind: 'paid' }, locale: string): OrderView {
  const { total, refunded = 0, currency } = order
  const sum = (amount: number) => formatMoney({ amount, currency }, locale)
  const facts = [
    { term: words.number, value: order.id },
    { term: words.total, value: sum(total) },
    ...(refunded > 0 ? [{ term: words.refundedSum, value: sum(refunded) }] : []),
  ]
  const said = downloads.length === 0 ? words.paidEmpty : saidOfFiles(total, refunded)
  return { ...PLAIN, ...said, tone: 'good', facts, files: fileLines(downloads, locale) }
}

function saidOfFiles(total: number, refunded: number): { title: string; text: string } {
  if (refunded > 0) return words.partlyRefunded
  return total > 0 ? words.paid : words.free
}

function waitView(said: { title: string; text: string }, label: string): OrderView {
  return { ...PLAIN, ...said, tone: 'wait', actions: [{ label, does: 'retry' }] }
}

/** An error's own message is for whoever wrote the request, not for a buyer. */
function refusedView({ state }: OrderAnswer & { kind: 'refused' }): OrderView {
  switch (state) {
    case 'verify_email':
      return askView(words.refused.verify_email, emailForm(words.form.sendCode))
    case 'link_expired':
      return { ...askView(words.refused.link_expired, emailForm(words.form.sendLink)), tone: 'attention' }
    case 'expired':
    case 'failed':
    case 'refunded':
      return attentionView(words.refused[state], ['store'])
    case 'disputed':
    case 'review':
      return attentionView(words.refused[state], ['write'])
    default:
      return attentionView(words.unknown, ['purchases', 'write'])
  }
}

function stepView(step: ProofStep): OrderView {
  const other = { label: words.form.other, does: 'other' } as const
  if (step.kind === 'link-sent') return { ...PLAIN, ...words.linkSent(step.email), tone: 'sent', actions: [other] }
  if (step.kind === 'code-over') return askView(words.codeOver, emailForm(words.form.newCode, step.email))
  const form = { field: 'code', label: words.form.code, value: '', submit: words.form.redeem } as const
  const resend = { label: words.form.resend, does: 'resend', from: step.sentAt + RESEND_MS } as const
  return { ...askView(words.codeSent(step.email), form), actions: [resend, other] }
}

function askView(said: { title: string; text: string }, form: FormView): OrderView {
  return { ...PLAIN, ...said, tone: 'ask', form }
}

function emailForm(submit: string, value = ''): FormView {
  return { field: 'email', label: words.form.email, value, submit }
}

function attentionView(said: { title: string; text: string }, does: ('store' | 'purchases' | 'write')[]): OrderView {
  return { ...PLAIN, ...said, tone: 'attention', actions: does.map((what) => ({ label: words[what], does: what })) }
}
