import type { FileState } from '../shop/catalogue/file-version.ts'
import type { Database } from './database.ts'

/** A version of a product's file; sizes in bytes. */
export type FileVersion = {
  id: string
  slug: string
  slot: string
  version: number
  filename: string
  size_bytes: number
  store: 'blobs' | 's3'
  sha256: string
  changelog: string
  created_at: Date
  state: FileState
}

/** A product into whose slot a file is to go, and the SHA-256 of what buyers get there now. */
export type Slot = {
  type: 'direct' | 'affiliate'
  title: string
  current_sha256: string | null
  current_version: number | null
}

/** The slot of a product, used or not; null when there is no such product. */
export async function findSlot(db: Database, { slug, slot }: { slug: string; slot: string }): Promise<Slot | null> {
  const rows = await db<Slot>`
    select p.type, p.title, f.sha256 as current_sha256, f.version as current_version
    from products p
    left join lateral (select sha256, version from product_files f
      where f.product_id = p.id and f.slot = ${slot} and f.retired_at is null order by version desc limit 1) f on true
    where p.slug = ${slug}`
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
}

/**
 * Adds the next version of a slot, which buyers get from now on. Two at once become two versions, one after the other.
 * @returns its number; null when no product of that slug is sold by the shop
 */
export async function insertFileVersion(db: Database, file: NewVersion): Promise<number | null> {
  const rows = await db<{ version: number }>`
    insert into product_files (id, product_id, slot, version, filename, content_type, size_bytes, sha256, store, key, changelog)
    select ${file.id}, id, ${file.slot}, take_file_version(id, ${file.slot}), ${file.filename}, ${file.contentType},
           ${file.sizeBytes}::bigint, ${file.sha256}, ${file.store}, ${file.key}, ${file.changelog}
    from products where slug = ${file.slug} and type = 'direct'
    returning version`
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
