import type { FileVersion } from '../shop/catalogue/file-version.ts'
import type { Database } from './database.ts'

/** A slot that a product has had a file in, with the type of its newest file and what buyers get now; null where all was withdrawn. */
export type Slot = { slot: string; content_type: string; version: number | null; sha256: string | null }

/** Who sells a product, and its slots. Null when there is no such product. */
export async function findSlots(
  db: Database,
  slug: string,
): Promise<{ type: 'direct' | 'affiliate'; slots: Slot[] } | null> {
  const rows = await db<{ type: 'direct' | 'affiliate'; slots: Slot[] }>`
    select p.type, coalesce((
      select json_agg(json_build_object(
        'slot', s.slot, 'content_type', s.content_type, 'version', f.version, 'sha256', f.sha256) order by s.slot)
      from (select distinct on (slot) slot, content_type from product_files
        where product_id = p.id order by slot, version desc) s
      left join product_files f on f.product_id = p.id and f.slot = s.slot and file_state(f) = 'current'), '[]') as slots
    from products p where p.slug = ${slug}`
  return rows[0] ?? null
}

/** The slugs of all products, whatever their status. */
export async function listSlugs(db: Database): Promise<string[]> {
  return (await db<{ slug: string }>`select slug from products order by slug`).map(({ slug }) => slug)
}

export type NewVersion = {
  id: string
  slug: string
  slot: string
  filename: string
  contentType: string
  sizeBytes: number
  sha256: string
  store: 'blobs' | 's3'
  key: string
  changelog: string
  /** Who publishes it, for the product's history. */
  actor: string
}

/**
 * Adds the next version of a slot, which buyers get from now on. Two at once become two versions, one after the other.
 * @returns its number; null when no product of that slug is sold by the shop
 */
export async function insertFileVersion(db: Database, file: NewVersion): Promise<number | null> {
  const rows = await db<{ version: number }>`
    with added as (
      insert into product_files (id, product_id, slot, version, filename, content_type, size_bytes, sha256, store, key, changelog)
      select ${file.id}, id, ${file.slot}, take_file_version(id, ${file.slot}), ${file.filename}, ${file.contentType},
             ${file.sizeBytes}::bigint, ${file.sha256}, ${file.store}, ${file.key}, ${file.changelog}
      from products where slug = ${file.slug} and type = 'direct'
      returning product_id, slot, filename, version),
    noted as (
      insert into product_changes (product_id, version, actor, change)
      select a.product_id, p.version, ${file.actor},
        jsonb_build_object('file', jsonb_build_object('to', a.filename || ', ' || a.slot || ' version ' || a.version))
      from added a join products p on p.id = a.product_id)
    select version from added`
  return rows[0]?.version ?? null
}

/** The files of one product or of all, newest versions first: only the current ones, or all that there ever were. */
export function listFiles(
  db: Database,
  { slug, isAll }: { slug: string | null; isAll: boolean },
): Promise<FileVersion[]> {
  return db<FileVersion>`
    select f.id, p.slug, f.slot, f.version, f.filename, f.size_bytes::float8 as size_bytes, f.store, f.sha256, f.changelog, f.created_at,
           file_state(f) as state
    from product_files f join products p on p.id = f.product_id
    where (${slug}::text is null or p.slug = ${slug}) and (${isAll} or file_state(f) = 'current')
    order by p.slug, f.slot, f.version desc`
}
