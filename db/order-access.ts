import type { AddressFlag } from '../shop/mail/mail-event.ts'
import type { OrderStatus } from '../shop/orders/order-status.ts'
import type { Database } from './database.ts'

/** A version of a file that an order gives access to now; sizes in bytes. */
export type EntitledFile = {
  order_item_id: string
  file_id: string
  product_slug: string
  title: string
  slot: string
  version: number
  /** Whether no newer version is handed out. */
  is_current: boolean
  changelog: string
  filename: string
  size_bytes: number
  sha256: string
}

/**
 * An order as its buyer may see it; `age_seconds` since Stripe was last asked, amounts in minor units. `is_told`: the mail "your
 * links are ready" needs no more thought now; `correctable_until`: so long its buyer may correct the address; `notice`: mails do not reach it.
 */
export type OrderAccessRow = {
  id: string
  stripe_session_id: string
  status: OrderStatus
  amount_total: number
  amount_refunded: number
  currency: string
  access_epoch: number
  claim_hash: string | null
  email: string | null
  correctable_until: Date | null
  notice: AddressFlag
  is_told: boolean
  age_seconds: number
  files: EntitledFile[]
  /** What was bought, as far as the product still exists, under its slug of today. */
  items: { slug: string; quantity: number }[]
}

/** Finds an order by checkout session or by id, with the files that it grants now, newest versions first. */
export async function findOrderAccess(
  db: Database,
  by: { sessionId: string } | { orderId: string },
  { earlierVersions }: { earlierVersions: boolean },
): Promise<OrderAccessRow | null> {
  const sessionId = 'sessionId' in by ? by.sessionId : null
  const orderId = 'orderId' in by ? by.orderId : null
  const rows = await db<OrderAccessRow>`
    select o.id, o.stripe_session_id, o.status, o.amount_total::float8 as amount_total,
           o.amount_refunded::float8 as amount_refunded, o.currency, o.access_epoch, o.claim_hash, o.email,
           case when o.email_corrected_at is null and o.paid_at > now() - interval '60 minutes'
             then o.paid_at + interval '60 minutes' end as correctable_until,
           (select nullif(a.state, 'reached') from mail_addresses a where a.address = o.email) as notice,
           o.email is null or exists (select 1 from emails m where m.id = links_ready_mail(o.id, o.paid_at)) as is_told,
           extract(epoch from clock_timestamp() - o.observed_at)::float8 as age_seconds,
           coalesce((
             select json_agg(json_build_object('order_item_id', e.order_item_id, 'file_id', e.file_id, 'product_slug', e.product_slug,
               'title', e.title, 'slot', e.slot, 'version', e.version, 'is_current', e.is_current, 'changelog', e.changelog,
               'filename', e.filename, 'size_bytes', e.size_bytes, 'sha256', e.sha256)
               order by e.title, e.slot, e.order_item_id, e.version desc)
             from entitled_files(${earlierVersions}::boolean) e where e.order_id = o.id), '[]') as files,
           coalesce((
             select json_agg(json_build_object('slug', p.slug, 'quantity', i.quantity) order by i.stripe_line_item_id)
             from order_items i join products p on p.id = i.product_id where i.order_id = o.id), '[]') as items
    from orders o
    where o.stripe_session_id = ${sessionId} or o.id = ${orderId}`
  return rows[0] ?? null
}
