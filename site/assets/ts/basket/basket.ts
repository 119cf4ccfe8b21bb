import { isSlug } from '../../../../shop/catalogue/slug.ts'
import { isObject } from '../is-object.ts'

/** What shop/checkout/basket.ts takes in one checkout. */
export const MOST_LINES = 50
export const MOST_OF_ONE = 100

/** A product as it was when somebody put it into the basket; `unit_amount` in minor units of `currency`, `thumb` may be empty. */
export type BasketLine = {
  slug: string
  title: string
  thumb: string
  unit_amount: number
  currency: string
  quantity: number
}

/** `begun`: when a payment page was last opened from it, in ms; `settled`: the orders whose lines have left it. */
export type Basket = { lines: BasketLine[]; begun: number; settled: string[] }

/** Reads a basket from what a browser kept, which may be anything: what is no line of ours is left out. */
export function readBasket(text: string | null): Basket {
  const { lines, begun, settled } = parse(text)
  const seen = new Set<string>()
  const isFirst = ({ slug }: BasketLine) => !seen.has(slug) && seen.add(slug)
  return {
    lines: listOf(lines).flatMap(readLine).filter(isFirst).slice(0, MOST_LINES),
    begun: typeof begun === 'number' ? begun : 0,
    settled: listOf(settled).filter((id) => typeof id === 'string'),
  }
}

function parse(text: string | null): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(text ?? '0')
    return isObject(kept) ? kept : {}
  } catch {
    return {}
  }
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** The line that a value stands for, or nothing. */
export function readLine(value: unknown): BasketLine[] {
  const { slug, title, thumb, unit_amount, currency, quantity } = isObject(value) ? value : {}
  if (!isText(slug, /./) || !isSlug(slug) || !isText(title, /./)) return []
  if (!isText(currency, /^[a-z]{3}$/) || !isAmount(unit_amount)) return []
  const picture = isText(thumb, /^\/assets\/images\/[\w-]+\.\w+$/) ? thumb : ''
  return [{ slug, title: title.slice(0, 200), thumb: picture, unit_amount, currency, quantity: readQuantity(quantity) }]
}

/** Never turns a value into text: what stands in a browser's storage may have a `toString` of its own. */
function isText(value: unknown, form: RegExp): value is string {
  return typeof value === 'string' && form.test(value)
}

/** Twelve digits, as in shop/checkout/seen-price.ts. */
function isAmount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) < 1e12
}

/** A quantity that can be bought: 1 for what is none. */
export function readQuantity(value: unknown): number {
  return Number.isInteger(value) ? Math.min(Math.max(Number(value), 1), MOST_OF_ONE) : 1
}
