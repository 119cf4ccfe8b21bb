import { newId } from './ids.ts'
import type { BalanceTransaction } from './wire-types.ts'
import type { World } from './world.ts'

type Movement = {
  amount: number
  currency: string
  source: string
  type: 'charge' | 'refund' | 'refund_failure' | 'adjustment'
}

const CATEGORY = { charge: 'charge', refund: 'refund', refund_failure: 'refund_failure', adjustment: 'dispute' }

/** Moves money into (or, negative, out of) the seller's balance at once. The stand-in takes no fee. */
export function moveBalance(world: World, { amount, currency, source, type }: Movement): BalanceTransaction {
  const created = world.now()
  return world.books.balanceTransactions.put({
    id: newId('txn_1'),
    object: 'balance_transaction',
    amount,
    available_on: created,
    balance_type: 'payments',
    created,
    currency,
    description: null,
    exchange_rate: null,
    fee: 0,
    fee_details: [],
    net: amount,
    reporting_category: CATEGORY[type],
    source,
    status: 'available',
    type,
  })
}
