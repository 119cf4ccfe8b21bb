import type { ListedOrder } from '../shop/orders/listed-order.ts'
import type { OrderSearch } from '../shop/orders/order-search.ts'
import type { OrderStatus } from '../shop/orders/order-status.ts'
import type { PageEnd } from '../shop/purchases/page-cursor.ts'
import type { Database } from './database.ts'

type Asked = { search: OrderSearch; status: OrderStatus | null; after: PageEnd | null; limit: number }

/** So many orders of an address are sorted; of more, the newest are looked through until a page is full. */
const FEW = 2_000

/**
 * A page of orders, newest first. Every search goes by an index; of an address, its beginning is enough. How many addresses begin alike
 * is something that PostgreSQL can only guess, and each wrong guess reads the whole table: so they are counted first, up to a bound.
 */
export function findOrders(db: Database, { search, status, after, limit }: Asked): Promise<ListedOrder[]> {
  const { kind, text } = search
  const isAddress = kind === 'address'
  const beginning = `${text.replace(/[\\%_]/g, '\\$&')}%`
  const [place, placeId] = [after?.created_at ?? null, after?.id ?? null]
  return db<ListedOrder>`
    with alike as materialized (
      (select id from orders where ${isAddress}::boolean and email like ${beginning} order by email using ~<~ limit ${FEW}::int + 1)
      union all
      (select id from orders where ${isAddress}::boolean and lower(stripe_email) like ${beginning}
        and lower(stripe_email) is distinct from email order by lower(stripe_email) using ~<~ limit ${FEW}::int + 1)),
    page as (
      (select * from orders
        where (${kind} = 'all' or (${kind} = 'order' and id = ${text}) or (${kind} = 'session' and stripe_session_id = ${text})
            or (${kind} = 'payment' and stripe_payment_intent_id = ${text}))
          and (${status}::text is null or status = ${status})
          and (${placeId}::text is null or (created_at, id) < (${place}::timestamptz, ${placeId}::text))
        order by created_at desc, id desc limit ${limit}::int)
      union all
      (select * from orders
        where ${isAddress}::boolean and (select count(*) from alike) <= ${FEW}::int and id = any(array(select id from alike))
          and (${status}::text is null or status = ${status})
          and (${placeId}::text is null or (created_at, id) < (${place}::timestamptz, ${placeId}::text))
        order by created_at desc, id desc limit ${limit}::int)
      union all
      -- By time and by nothing else: with the addresses as expressions, no index of theirs can be used.
      (select * from orders
        where ${isAddress}::boolean and (select count(*) from alike) > ${FEW}::int
          and (email || '' like ${beginning} or lower(stripe_email || '') like ${beginning})
          and (${status}::text is null or status = ${status})
          and (${placeId}::text is null or (created_at, id) < (${place}::timestamptz, ${placeId}::text))
        order by created_at desc, id desc limit ${limit}::int))
    select o.id, to_char(o.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as created_at, o.status, o.email, o.currency,
      o.amount_total::float8 as amount_total, o.amount_refunded::float8 as amount_refunded,
      to_char(o.paid_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as paid_at, o.livemode, i.titles, i.items
    from page o
    cross join lateral (
      select coalesce((array_agg(title order by stripe_line_item_id))[1:3], '{}') as titles, count(*)::int as items
      from order_items where order_id = o.id) i
    order by o.created_at desc, o.id desc limit ${limit}::int`
}
