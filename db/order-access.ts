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
 * An order as its buyer may see it; `age_seconds` since Stripe was last asked, `amount_total` in minor units. `is_told`: the mail "your
 * links are ready" needs no more thought now.
 */
export type OrderAccessRow = {
  id: string
  stripe_session_id: string
  status: OrderStatus
  amount_total: number
  currency: string
  access_epoch: number
  claim_hash: string | null
  is_told: boolean
  age_seconds: number
  files: EntitledFile[]
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
    select o.id, o.stripe_session_id, o.status, o.amount_total::float8 as amount_total, o.currency, o.access_epoch, o.claim_hash,
           o.email is null or exists (select 1 from emails m where m.id = links_ready_mail(o.id, o.paid_at)) as is_told,
           extract(epoch from clock_timestamp() - o.observed_at)::float8 as age_seconds,
           coalesce((
             select json_agg(json_build_object('order_item_id', e.order_item_id, 'file_id', e.file_id, 'product_slug', e.product_slug,
               'title', e.title, 'slot', e.slot, 'version', e.version, 'is_current', e.is_current, 'changelog', e.changelog,
               'filename', e.filename, 'size_bytes', e.size_bytes, 'sha256', e.sha256)
               order by e.title, e.slot, e.order_item_id, e.version desc)
             from entitled_files(${earlierVersions}::boolean) e where e.order_id = o.id), '[]') as files
    from orders o
    where o.stripe_session_id = ${sessionId} or o.id = ${orderId}`
  return rows[0] ?? null
}
