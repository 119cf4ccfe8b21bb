import type { ListedOrder } from '../shop/orders/listed-order.ts'
import type { OrderSearch } from '../shop/orders/order-search.ts'
import type { OrderStatus } from '../shop/orders/order-status.ts'
import type { PageEnd } from '../shop/purchases/page-cursor.ts'
import type { Database } from './database.ts'

type Asked = { search: OrderSearch; status: OrderStatus | null; after: PageEnd | null; limit: number }

/** A page of orders, newest first. Every search goes by an index; of an address, its beginning is enough. */
export function findOrders(db: Database, { search, status, after, limit }: Asked): Promise<ListedOrder[]> {
  const { kind, text } = search
  const beginning = `${text.replace(/[\\%_]/g, '\\$&')}%`
  return db<ListedOrder>`
    select o.id, to_char(o.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as created_at, o.status, o.email, o.currency,
      o.amount_total::float8 as amount_total, o.amount_refunded::float8 as amount_refunded,
      to_char(o.paid_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as paid_at, o.livemode, i.titles, i.items
    from orders o
    cross join lateral (
      select coalesce((array_agg(title order by stripe_line_item_id))[1:3], '{}') as titles, count(*)::int as items
      from order_items where order_id = o.id) i
    where (${kind} = 'all'
        or (${kind} = 'order' and o.id = ${text})
        or (${kind} = 'session' and o.stripe_session_id = ${text})
        or (${kind} = 'payment' and o.stripe_payment_intent_id = ${text})
        or (${kind} = 'address' and (o.email like ${beginning}
          or (lower(o.stripe_email) like ${beginning} and lower(o.stripe_email) is distinct from o.email))))
      and (${status}::text is null or o.status = ${status})
      and (${after?.id ?? null}::text is null or (o.created_at, o.id) < (${after?.created_at ?? null}::timestamptz, ${after?.id ?? null}::text))
    order by o.created_at desc, o.id desc limit ${limit}::int`
}
