import type { FileState } from '../shop/catalogue/file-version.ts'
import type { Database } from './database.ts'

/** A file that may be withdrawn, and how many orders could fetch it now; `next_version` is what their buyers would get in its place. */
export type Withdrawable = {
  slug: string
  slot: string
  version: number
  filename: string
  state: FileState
  orders: number
  next_version: number | null
}

/** What withdrawing or restoring a file would mean; null when there is no such file. */
export async function findWithdrawable(
  db: Database,
  id: string,
  { earlierVersions }: { earlierVersions: boolean },
): Promise<Withdrawable | null> {
  const rows = await db<Withdrawable>`
    select p.slug, f.slot, f.version, f.filename, file_state(f) as state,
           (select count(distinct e.order_id)::int from entitled_files(${earlierVersions}::boolean) e where e.file_id = f.id) as orders,
           (select max(version) from product_files n where n.product_id = f.product_id and n.slot = f.slot
             and n.id <> f.id and n.retired_at is null) as next_version
    from product_files f join products p on p.id = f.product_id
    where f.id = ${id}`
  return rows[0] ?? null
}

/** Withdraws a file from all who bought it, and notes who did; false when it was withdrawn before, or is unknown. */
export async function retireFile(db: Database, id: string, actor: string): Promise<boolean> {
  const rows = await db`
    with retired as (
      update product_files set retired_at = clock_timestamp() where id = ${id} and retired_at is null
      returning product_id, filename, slot, version),
    noted as (
      insert into product_changes (product_id, version, actor, change)
      select r.product_id, p.version, ${actor},
        jsonb_build_object('withdrawn', jsonb_build_object('to', r.filename || ', ' || r.slot || ' version ' || r.version))
      from retired r join products p on p.id = r.product_id)
    update products set updated_at = clock_timestamp() where id in (select product_id from retired) returning id`
  return rows.length > 0
}

/** Hands a withdrawn file out again, and notes who did; false when it was not withdrawn, or is unknown. */
export async function restoreFile(db: Database, id: string, actor: string): Promise<boolean> {
  const rows = await db`
    with restored as (
      update product_files set retired_at = null where id = ${id} and retired_at is not null
      returning product_id, filename, slot, version),
    noted as (
      insert into product_changes (product_id, version, actor, change)
      select r.product_id, p.version, ${actor},
        jsonb_build_object('restored', jsonb_build_object('to', r.filename || ', ' || r.slot || ' version ' || r.version))
      from restored r join products p on p.id = r.product_id)
    update products set updated_at = clock_timestamp() where id in (select product_id from restored) returning id`
  return rows.length > 0
}
