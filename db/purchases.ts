import type { AddressFlag } from '../shop/mail/mail-event.ts'
import type { OrderStatus } from '../shop/orders/order-status.ts'
import type { PageEnd } from '../shop/purchases/page-cursor.ts'
import type { PurchasedItem } from '../shop/purchases/purchase-view.ts'
import type { Database } from './database.ts'
import type { EntitledFile } from './order-access.ts'

/** An order as the portal shows it; amounts in minor units of `currency`, times as JSON has them. */
export type PurchaseRow = PageEnd & {
  status: OrderStatus
  paid_at: string | null
  currency: string
  amount_total: number
  amount_tax: number
  amount_discount: number
  amount_refunded: number
  items: PurchasedItem[]
  refunds: { amount: number; status: string; refunded_at: string }[]
  files: EntitledFile[]
}

type Asked = { email: string; after: PageEnd | null; limit: number }

/** A page of the orders of an address, newest first, and whether mails reach it; one statement, which reads as many orders as it answers. */
export async function findPurchases(
  db: Database,
  { email, after, limit }: Asked,
  { earlierVersions }: { earlierVersions: boolean },
): Promise<{ banner: AddressFlag; orders: PurchaseRow[] }> {
  const rows = await db<{ banner: AddressFlag; orders: PurchaseRow[] }>`
    with page as (
      select * from orders
      where email = ${email}
        and (created_at, id) < (coalesce(${after?.created_at ?? null}::timestamptz, 'infinity'), coalesce(${after?.id ?? null}::text, ''))
      order by created_at desc, id desc limit ${limit}::int)
    select (select nullif(state, 'reached') from mail_addresses where address = ${email}) as banner,
      (select coalesce(json_agg(json_build_object('id', o.id, 'status', o.status, 'paid_at', o.paid_at, 'currency', o.currency,
        'created_at', to_char(o.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'amount_total', o.amount_total, 'amount_tax', o.amount_tax, 'amount_discount', o.amount_discount,
        'amount_refunded', o.amount_refunded,
        'items', (select coalesce(json_agg(json_build_object('id', i.id, 'title', i.title, 'slug', p.slug, 'quantity', i.quantity,
            'amount_total', i.amount_total, 'refunded_at', i.refunded_at, 'revoked_at', i.revoked_at) order by i.stripe_line_item_id), '[]')
          from order_items i left join products p on p.id = i.product_id where i.order_id = o.id),
        'refunds', (select coalesce(json_agg(json_build_object('amount', r.amount, 'status', r.status, 'refunded_at', r.refunded_at)
            order by r.refunded_at, r.stripe_refund_id), '[]') from refunds r where r.order_id = o.id),
        'files', (select coalesce(json_agg(json_build_object('order_item_id', e.order_item_id, 'file_id', e.file_id,
            'product_slug', e.product_slug, 'title', e.title, 'slot', e.slot, 'version', e.version, 'is_current', e.is_current,
            'changelog', e.changelog, 'filename', e.filename, 'size_bytes', e.size_bytes, 'sha256', e.sha256)
            order by e.title, e.slot, e.order_item_id, e.version desc), '[]')
          from entitled_files(${earlierVersions}::boolean) e where e.order_id = o.id)
        ) order by o.created_at desc, o.id desc), '[]') from page o) as orders`
  return rows[0] ?? { banner: null, orders: [] }
}

type OwnFile = { email: string; orderItemId: string; fileId: string }

/** What a download link to a file of an address must carry; null when there is no such file, it is not theirs, or it is closed. */
export async function findOwnFile(
  db: Database,
  { email, orderItemId, fileId }: OwnFile,
  { earlierVersions }: { earlierVersions: boolean },
): Promise<{ access_epoch: number } | null> {
  const rows = await db<{ access_epoch: number }>`
    select e.access_epoch from entitled_files(${earlierVersions}::boolean) e join orders o on o.id = e.order_id
    where e.order_item_id = ${orderItemId} and e.file_id = ${fileId} and o.email = ${email}`
  return rows[0] ?? null
}

/** The seconds until the mail "your links are ready" may go out again for an order of an address that gives access; null when there is none. */
export async function findLinksWindow(db: Database, email: string, orderId: string): Promise<number | null> {
  const rows = await db<{ seconds: number }>`
    select 86400 - (greatest(0, floor(extract(epoch from now() - paid_at)))::bigint % 86400)::int as seconds
    from orders where id = ${orderId} and email = ${email} and status in ('paid', 'partially_refunded')`
  return rows[0]?.seconds ?? null
}
