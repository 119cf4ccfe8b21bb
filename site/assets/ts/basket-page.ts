import { askShop } from './ask-shop.ts'
import type { Basket, BasketLine } from './basket/basket.ts'
import { type BasketState, payableLines, type Standing, withBasket } from './basket/basket-state.ts'
import { basketView } from './basket/basket-view.ts'
import { type CheckoutAnswer, type Missing, readCheckoutAnswer } from './basket/checkout-answer.ts'
import { stageBasket } from './basket/draw-basket.ts'
import { changeBasket, recallBasket, whenChanged } from './basket/kept-basket.ts'
import { moveLines } from './basket/move-lines.ts'
import { showCount } from './basket/show-count.ts'

/** A payment page that has not come by then does not come; whoever waits may press again. */
const LEAVING_MS = 15_000

const place = document.getElementById('basket') as HTMLElement
const locale = document.documentElement.lang
const show = stageBasket(place, { set, remove, restore, pay: () => void pay() })

let state: BasketState = {
  basket: null,
  removed: [],
  prices: new Map(),
  gone: new Set(),
  standing: { kind: 'ready' },
}
let timer: ReturnType<typeof setTimeout> | undefined

whenChanged(() => {
  state = withBasket(state, recallBasket())
  showCount(state.basket)
  draw()
})
addEventListener('online', () => state.standing.kind === 'offline' && become({ kind: 'ready' }))
// A page that comes back from the browser's own store was left for the payment.
addEventListener('pageshow', ({ persisted }) => persisted && become({ kind: 'ready' }))

function draw(): void {
  clearTimeout(timer)
  const { standing } = state
  const now = Date.now()
  show(basketView(state, { locale, now }))
  if (standing.kind === 'busy' && standing.until > now) timer = setTimeout(draw, 1000)
  if (standing.kind === 'leaving') timer = setTimeout(() => become({ kind: 'ready' }), LEAVING_MS)
}

function become(standing: Standing): void {
  state = { ...state, standing }
  draw()
}

/** A basket that somebody changes is asked about anew. */
function change(how: (lines: BasketLine[]) => BasketLine[]): boolean {
  state = { ...state, standing: state.standing.kind === 'busy' ? state.standing : { kind: 'ready' } }
  const isKept = changeBasket((basket) => ({ ...basket, lines: how(basket.lines) }))
  if (!isKept) become({ kind: 'unkept' })
  return isKept
}

function set(slug: string, quantity: number): void {
  // A number that was typed meanwhile is taken back.
  if (isPaying()) draw()
  else change((lines) => lines.map((line) => (line.slug === slug ? { ...line, quantity } : line)))
}

function remove(slug: string): void {
  const at = basketView(state, { locale, now: 0 }).lines.findIndex((line) => line.slug === slug)
  const line = state.basket?.lines.find((one) => one.slug === slug)
  if (isPaying() || !line) return
  state = { ...state, removed: [...state.removed, { line, at }].sort((a, b) => a.at - b.at) }
  change((lines) => lines.filter((one) => one.slug !== slug))
}

function restore(slug: string): void {
  const found = state.removed.find(({ line }) => line.slug === slug)
  if (isPaying() || !found) return
  const at = found.at - state.removed.filter((other) => other.at < found.at).length
  change((lines) => [...lines.slice(0, at), found.line, ...lines.slice(at)])
}

function isPaying(): boolean {
  return state.standing.kind === 'asking' || state.standing.kind === 'leaving'
}

/** Begins the payment, once however often it is pressed. */
async function pay(isRepeat = false): Promise<void> {
  const { standing } = state
  if (isPaying() || (standing.kind === 'busy' && standing.until > Date.now()) || !agree()) return
  const asked = state.basket?.lines ?? []
  become({ kind: 'asking' })
  const said = await askShop('/create_checkout_session', { items: asked.map(itemOf) })
  // What another tab has changed meanwhile is seen first, and paid after that.
  if (JSON.stringify(state.basket?.lines) !== JSON.stringify(asked)) return become({ kind: 'ready' })
  if (said) take(readCheckoutAnswer(said, location.href), isRepeat)
  else become({ kind: 'offline' })
}

function itemOf({ slug, quantity, unit_amount, currency }: BasketLine) {
  return { slug, quantity, seen_unit_amount: unit_amount, seen_currency: currency }
}

/** Whoever goes on agrees to what the page says: new prices, and to go without what is gone. */
function agree(): boolean {
  if (state.prices.size === 0 && state.gone.size === 0) return true
  const lines = payableLines(state)
  state = { ...state, prices: new Map(), gone: new Set() }
  return change(() => lines)
}

function take(answer: CheckoutAnswer, isRepeat: boolean): void {
  if (answer.kind === 'begun') leave(answer.url)
  else if (answer.kind === 'changed') ask({ prices: new Map(answer.prices.map(priceOf)) })
  else if (answer.kind === 'gone') miss(answer.items, isRepeat)
  else if (answer.kind === 'busy') become({ kind: 'busy', until: Date.now() + answer.retrySeconds * 1000 })
  else become({ kind: answer.kind })
}

const priceOf = ({ slug, unit_amount: amount, currency }: BasketLine) => [slug, { amount, currency }] as const

/** Puts a question of the shop's to the buyer; without one that is about this basket, the checkout is refused. */
function ask(question: Partial<Pick<BasketState, 'prices' | 'gone'>>): void {
  state = withBasket({ ...state, ...question, standing: { kind: 'ready' } }, state.basket)
  if (state.prices.size + state.gone.size > 0) draw()
  else become({ kind: 'refused' })
}

/** Products that were only renamed are looked for under their new names, once. */
function miss(items: Missing[], isRepeat: boolean): void {
  const isNew = !isRepeat && items.some(({ moved_to }) => typeof moved_to === 'string')
  if (!isNew) ask({ gone: new Set(items.map(({ slug }) => slug)) })
  else if (change((lines) => moveLines(lines, items))) void pay(true)
}

function leave(url: string): void {
  changeBasket((basket: Basket) => ({ ...basket, begun: Date.now() }))
  become({ kind: 'leaving' })
  location.assign(url)
}
