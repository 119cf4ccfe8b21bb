import type Stripe from 'stripe'
import { ACCOUNT } from './account.ts'
import { apiRoute } from './api-route.ts'
import { isCreatedIn, PAGE_BY_DATE, pageOf } from './list-page.ts'
import { text } from './params.ts'
import { found } from './payment-routes.ts'
import type { BalanceTransaction, Wire } from './wire-types.ts'

/** The seller's account, its balance, and what other objects refer to. */
export const ACCOUNT_ROUTES = [
  apiRoute(['GET', '/v1/account'], {}, () => ACCOUNT),
  apiRoute(['GET', '/v1/balance'], {}, ({ books }) => balanceOf(books.balanceTransactions.all())),
  apiRoute(['GET', '/v1/balance_transactions'], { ...PAGE_BY_DATE, source: text() }, ({ books }, { params, url }) => {
    const { source, created } = params
    const moved = books.balanceTransactions.all().filter((one) => source === undefined || one.source === source)
    return pageOf(moved.filter((one) => isCreatedIn(one.created, created)).reverse(), params, url)
  }),
  apiRoute(['GET', '/v1/balance_transactions/:id'], {}, ({ books }, { id }) =>
    found(books.balanceTransactions, id, 'balance transaction'),
  ),
  apiRoute(['GET', '/v1/customers/:id'], {}, ({ books }, { id }) => found(books.customers, id, 'customer')),
  apiRoute(['GET', '/v1/payment_methods/:id'], {}, ({ books }, { id }) =>
    found(books.paymentMethods, id, 'PaymentMethod'),
  ),
  apiRoute(['GET', '/v1/prices/:id'], {}, ({ books }, { id }) => found(books.prices, id, 'price')),
  apiRoute(['GET', '/v1/products/:id'], {}, ({ books }, { id }) => found(books.products, id, 'product')),
  apiRoute(
    ['GET', '/v1/radar/early_fraud_warnings'],
    { ...PAGE_BY_DATE, charge: text(), payment_intent: text() },
    ({ books }, { params, url }) => {
      const { charge, created, payment_intent } = params
      const warnings = books.fraudWarnings
        .all()
        .filter((one) => charge === undefined || one.charge === charge)
        .filter((one) => payment_intent === undefined || one.payment_intent === payment_intent)
      return pageOf(warnings.filter((one) => isCreatedIn(one.created, created)).reverse(), params, url)
    },
  ),
  apiRoute(['GET', '/v1/radar/early_fraud_warnings/:id'], {}, ({ books }, { id }) =>
    found(books.fraudWarnings, id, 'early fraud warning'),
  ),
]

// The stand-in pays nothing out, so the balance is all that ever came in less what went out.
function balanceOf(moved: BalanceTransaction[]): Wire<Stripe.Balance> {
  const byCurrency = new Map<string, number>()
  for (const { currency, net } of moved) byCurrency.set(currency, (byCurrency.get(currency) ?? 0) + net)
  if (byCurrency.size === 0) byCurrency.set('eur', 0)
  const sums = [...byCurrency].map(([currency, amount]) => ({ amount, currency, source_types: { card: amount } }))
  const nothing = sums.map(({ currency }) => ({ amount: 0, currency, source_types: { card: 0 } }))
  return { object: 'balance', available: sums, connect_reserved: nothing, livemode: false, pending: nothing }
}
