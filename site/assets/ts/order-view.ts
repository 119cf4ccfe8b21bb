import { formatMoney } from '../../../shop/money.ts'
import { orderWords as words } from '../../_data/order-words.ts'
import { formatBytes } from './format-bytes.ts'
import type { Download, OrderAnswer } from './order-answer.ts'

/** `title` is empty where the line above is of the same product. */
export type FileLine = { title: string; file: string; label: string; sha256: string; url: string }
export type ViewAction = 'retry' | 'store' | 'write'

/** Everything that the page shows for an answer, as plain values. */
export type OrderView = {
  tone: 'good' | 'wait' | 'attention'
  title: string
  text: string
  facts: { term: string; value: string }[]
  files: FileLine[]
  actions: { label: string; does: ViewAction }[]
}

/** After this long without a settled payment, the page tells the buyer that there is no need to wait. */
export const LONG_WAIT_SECONDS = 120

/** What the page can say: an answer of the shop, or how things stand without one. */
export type Standing = OrderAnswer | { kind: 'looking' } | { kind: 'no-reference' }

/** Says an answer in the shop's words; `waitedSeconds` is how long the page has been asking. */
export function orderView(answer: Standing, waitedSeconds: number, locale: string): OrderView {
  switch (answer.kind) {
    case 'paid':
      return paidView(answer, locale)
    case 'looking':
      return { ...words.looking, tone: 'wait', facts: [], files: [], actions: [] }
    case 'processing':
      return waitView(waitedSeconds < LONG_WAIT_SECONDS ? words.processing : words.processingLong, words.look)
    case 'busy':
      return waitView(words.busy(seconds(answer.retrySeconds, locale)), words.again)
    case 'offline':
      return waitView(words.offline, words.again)
    case 'no-reference':
      return attentionView(words.noReference, ['store', 'write'])
    case 'refused':
      return refusedView(answer)
  }
}

function paidView({ order, downloads }: OrderAnswer & { kind: 'paid' }, locale: string): OrderView {
  const ready = order.total > 0 ? words.paid : words.free
  const said = downloads.length ? ready : words.paidEmpty
  const total = formatMoney({ amount: order.total, currency: order.currency }, locale)
  const facts = [
    { term: words.number, value: order.id },
    { term: words.total, value: total },
  ]
  return { ...said, tone: 'good', facts, files: downloads.map(fileLine(locale)), actions: [] }
}

function fileLine(locale: string) {
  return ({ title, filename, size_bytes, sha256, url }: Download, index: number, all: Download[]): FileLine => {
    const file = words.file(filename, formatBytes(size_bytes, locale))
    const isRepeated = index > 0 && all[index - 1]?.title === title
    return { title: isRepeated ? '' : title, file, label: words.downloadFile(title, filename), sha256, url }
  }
}

function waitView(said: { title: string; text: string }, label: string): OrderView {
  return { ...said, tone: 'wait', facts: [], files: [], actions: [{ label, does: 'retry' }] }
}

/** An error's own message is for whoever wrote the request, not for a buyer. */
function refusedView({ state }: OrderAnswer & { kind: 'refused' }): OrderView {
  const isUnpaid = state === 'expired' || state === 'failed'
  const said = isKnown(state) ? words.refused[state] : words.unknown
  return attentionView(said, isUnpaid ? ['store', 'write'] : ['write', 'store'])
}

function isKnown(state: string): state is keyof typeof words.refused {
  return Object.hasOwn(words.refused, state)
}

function attentionView(said: { title: string; text: string }, does: ('store' | 'write')[]): OrderView {
  const actions = does.map((what) => ({ label: words[what], does: what }))
  return { ...said, tone: 'attention', facts: [], files: [], actions }
}

function seconds(count: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', unitDisplay: 'long' }).format(count)
}
