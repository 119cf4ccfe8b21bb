import type { DownloadGrant } from '../shop/downloads/grants.ts'
import type { Database } from './database.ts'

/** A sold file and whether the order grants it now; sizes in bytes. */
export type SoldFile = {
  filename: string
  size_bytes: number
  sha256: string
  store: 'blobs' | 's3'
  key: string
  is_retired: boolean
  is_entitled: boolean
}

/** What the entitlements view says about a grant now; null when there is no such item or file. */
export async function findSoldFile(
  db: Database,
  { orderItemId, fileId, epoch }: DownloadGrant,
  { earlierVersions }: { earlierVersions: boolean },
): Promise<SoldFile | null> {
  const rows = await db<SoldFile>`
    select f.filename, f.size_bytes::float8 as size_bytes, f.sha256, f.store, f.key, f.retired_at is not null as is_retired,
           exists (select 1 from entitled_files(${earlierVersions}::boolean) e
             where e.order_item_id = i.id and e.file_id = f.id and e.access_epoch = ${epoch}::int) as is_entitled
    from order_items i
    join product_files f on f.product_id = i.product_id and f.id = ${fileId}
    where i.id = ${orderItemId}`
  return rows[0] ?? null
}
