import { formatMoney, type Money } from '../../../../shop/money.ts'
import { basketWords as words } from '../../../_data/basket-words.ts'
import { sayTime } from '../say-time.ts'
import type { Basket, BasketLine } from './basket.ts'
import { type BasketState, payableLines } from './basket-state.ts'
import { type LineView, lineViews } from './line-view.ts'

type Said = { title: string; text: string }
/** A button that is `isShut` says when it opens again. */
type PayView = { label: string; isBusy: boolean; isShut: boolean }

/** What the page shows, as plain values; what is empty is not there. `blank` stands where there are no lines. */
export type BasketView = {
  lines: LineView[]
  blank: Said | null
  notice: Said | null
  count: string
  total: string
  pay: PayView | null
  fine: string
  begun: string
}

/** The language to say it in, and this device's time in ms. */
type Circumstances = { locale: string; now: number }

/** A payment page that was opened longer ago has expired; see shop/checkout/checkout-request.ts. */
const BEGUN_MS = 3_600_000

/** Says the basket in the shop's words. */
export function basketView(state: BasketState, { locale, now }: Circumstances): BasketView {
  const sold = payableLines(state)
  const totals = sumByCurrency(sold)
  const total = totals.map((sum) => formatMoney(sum, locale)).join(' + ')
  const isFree = sold.every(({ unit_amount }) => unit_amount === 0)
  return {
    lines: lineViews(state, locale),
    blank: blankOf(state.basket),
    notice: noticeOf(state, totals.length > 1),
    count: sold.length > 0 ? words.count(sold.length) : '',
    total: sold.length > 0 ? total : '',
    pay: totals.length === 1 ? payOf(state, { total, isFree, locale, now }) : null,
    fine: isFree ? words.freeNote : words.payNote,
    begun: begunOf(state.basket, { locale, now }),
  }
}

function sumByCurrency(lines: BasketLine[]): Money[] {
  const sums = new Map<string, number>()
  for (const { unit_amount, currency, quantity } of lines)
    sums.set(currency, (sums.get(currency) ?? 0) + unit_amount * quantity)
  return [...sums].map(([currency, amount]) => ({ amount, currency }))
}

function blankOf(basket: Basket | null): Said | null {
  if (!basket) return words.forbidden
  return basket.lines.length > 0 ? null : words.empty
}

function noticeOf({ standing: { kind }, prices, gone }: BasketState, isMixed: boolean): Said | null {
  if (kind !== 'ready' && kind !== 'asking' && kind !== 'leaving') return words[kind]
  if (gone.size > 0) return words.missing
  if (isMixed) return words.currencies
  return prices.size > 0 ? words.changed : null
}

type Offer = { total: string; isFree: boolean } & Circumstances

function payOf({ standing, prices, gone }: BasketState, offer: Offer): PayView {
  const { kind } = standing
  if (kind === 'asking' || kind === 'leaving') return { label: words[kind], isBusy: true, isShut: false }
  const seconds = kind === 'busy' ? Math.ceil((standing.until - offer.now) / 1000) : 0
  if (seconds > 0) return { label: words.wait(sayTime(seconds, offer.locale)), isBusy: false, isShut: true }
  const label = kind === 'ready' ? labelOf(offer, prices.size, gone.size) : words.again
  return { label, isBusy: false, isShut: false }
}

function labelOf({ total, isFree }: Offer, changed: number, gone: number): string {
  if (gone > 0) return words.payRest
  if (isFree) return words.getFree
  return changed > 0 ? words.agree(total) : words.pay
}

function begunOf(basket: Basket | null, { locale, now }: Circumstances): string {
  if (!basket || basket.lines.length === 0 || basket.begun > now || basket.begun < now - BEGUN_MS) return ''
  return words.begun(new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(basket.begun))
}
