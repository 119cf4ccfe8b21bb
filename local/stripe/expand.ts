import { pageOf } from './list-page.ts'
import { StripeError } from './stripe-error.ts'
import { linesOf } from './taxed-session.ts'
import type { World } from './world.ts'

type Json = null | string | number | boolean | Json[] | { [key: string]: Json }
type Node = { [key: string]: Json }
type Scope = { type: string; path: string[] }
type Route = { steps: string[]; asked: string; scope: Scope }

const MAX_DEPTH = 4

// Fields that hold an id until somebody asks for the whole object.
const IDS: Record<string, Record<string, (world: World, id: string) => object | undefined>> = {
  'checkout.session': {
    payment_intent: (world, id) => world.books.paymentIntents.get(id),
    customer: (world, id) => world.books.customers.get(id),
    'discounts.coupon': (world, id) => world.books.coupons.get(id),
    'discounts.promotion_code': (world, id) => world.books.promotionCodes.get(id),
  },
  payment_intent: {
    latest_charge: (world, id) => world.books.charges.get(id),
    payment_method: (world, id) => world.books.paymentMethods.get(id),
    customer: (world, id) => world.books.customers.get(id),
  },
  charge: {
    balance_transaction: (world, id) => world.books.balanceTransactions.get(id),
    payment_intent: (world, id) => world.books.paymentIntents.get(id),
    customer: (world, id) => world.books.customers.get(id),
  },
  refund: {
    balance_transaction: (world, id) => world.books.balanceTransactions.get(id),
    failure_balance_transaction: (world, id) => world.books.balanceTransactions.get(id),
    charge: (world, id) => world.books.charges.get(id),
    payment_intent: (world, id) => world.books.paymentIntents.get(id),
    payment_method: (world, id) => world.books.paymentMethods.get(id),
    customer: (world, id) => world.books.customers.get(id),
  },
  dispute: {
    charge: (world, id) => world.books.charges.get(id),
    payment_intent: (world, id) => world.books.paymentIntents.get(id),
  },
  'radar.early_fraud_warning': {
    charge: (world, id) => world.books.charges.get(id),
    payment_intent: (world, id) => world.books.paymentIntents.get(id),
  },
  promotion_code: { 'promotion.coupon': (world, id) => world.books.coupons.get(id) },
  price: { product: (world, id) => world.books.products.get(id) },
  balance_transaction: {
    source: ({ books }, id) => books.charges.get(id) ?? books.refunds.get(id) ?? books.disputes.get(id),
  },
}

// Fields that are not there at all until somebody asks; lists among them hold the first 10.
const INCLUDED: Record<string, Record<string, (world: World, id: string) => object>> = {
  'checkout.session': {
    line_items: (world, id) => {
      const session = world.books.sessions.get(id)
      return pageOf(session ? linesOf(world, session) : [], {}, `/v1/checkout/sessions/${id}/line_items`)
    },
  },
  charge: {
    refunds: (world, id) => {
      const refunds = world.books.refundsOf.of(id).map((refund) => world.books.refunds.get(refund))
      return pageOf(refunds.filter((refund) => refund !== undefined).reverse(), {}, `/v1/charges/${id}/refunds`)
    },
  },
}

/** The answer with every path of `expand[]` opened; throws `StripeError` for a path that leads nowhere. */
export function expand(world: World, answer: object, paths: string[]): object {
  return paths.reduce<object>((node, asked) => {
    const steps = asked.split('.')
    const depth = steps.filter((step) => step !== 'data').length
    if (depth > MAX_DEPTH) throw refusal(asked, 'property_expansion_max_depth')
    return open(world, node as Node, { steps, asked, scope: { type: '', path: [] } })
  }, answer)
}

function open(world: World, node: Node, { steps, asked, scope }: Route): Node {
  const [step, ...rest] = steps
  if (step === undefined) return node
  const { type, path } = typeof node.object === 'string' ? { type: node.object, path: [] } : scope
  const deeper = { steps: rest, asked, scope: { type, path: [...path, step] } }
  const found = fetch(world, node, deeper.scope)
  if (found === undefined) throw refusal(asked)
  // A plain field may be on the way, never at the end: only ids and left-out lists can be expanded.
  if (rest.length === 0 && !isExpandable(deeper.scope)) throw refusal(asked)
  return { ...node, [step]: openValue(world, found, deeper) }
}

function openValue(world: World, value: Json, route: Route): Json {
  if (Array.isArray(value)) return value.map((entry) => openValue(world, entry, route))
  if (value === null || typeof value === 'object') return value && open(world, value, route)
  if (route.steps.length > 0) throw refusal(route.asked)
  return value
}

function fetch(world: World, node: Node, { type, path }: Scope): Json | undefined {
  const field = path.join('.')
  const value = node[path.at(-1) ?? '']
  const id = typeof node.id === 'string' ? node.id : ''
  if (value === undefined) return INCLUDED[type]?.[field]?.(world, id) as Json | undefined
  if (typeof value !== 'string') return value
  return (IDS[type]?.[field]?.(world, value) as Json | undefined) ?? value
}

function isExpandable({ type, path }: Scope): boolean {
  const field = path.join('.')
  return Object.hasOwn(IDS[type] ?? {}, field) || Object.hasOwn(INCLUDED[type] ?? {}, field)
}

function refusal(asked: string, code?: string): StripeError {
  const message =
    code === undefined
      ? `This property cannot be expanded (${asked}).`
      : `You cannot expand more than ${MAX_DEPTH} levels of a property (${asked}).`
  return new StripeError(message, code === undefined ? { param: 'expand' } : { code, param: 'expand' })
}
