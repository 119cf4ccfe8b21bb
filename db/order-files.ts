import type { FileState } from '../shop/catalogue/file-version.ts'
import type { Database } from './database.ts'

/** A version of a file of a product that an order contains, whether or not it may be fetched now; sizes in bytes. */
export type OrderFile = {
  order_item_id: string
  title: string
  slug: string
  slot: string
  version: number
  filename: string
  size_bytes: number
  sha256: string
  state: FileState
}

/** Every version of every file of an order's products, newest first; null when there is no such order. */
export async function listOrderFiles(db: Database, orderId: string): Promise<OrderFile[] | null> {
  const rows = await db<{ files: OrderFile[] }>`
    select coalesce((
      select json_agg(json_build_object('order_item_id', i.id, 'title', i.title, 'slug', p.slug, 'slot', f.slot, 'version', f.version,
        'filename', f.filename, 'size_bytes', f.size_bytes, 'sha256', f.sha256, 'state', file_state(f))
        order by i.title, i.id, f.slot, f.version desc)
      from order_items i join products p on p.id = i.product_id join product_files f on f.product_id = p.id
      where i.order_id = o.id), '[]') as files
    from orders o where o.id = ${orderId}`
  return rows[0]?.files ?? null
}
