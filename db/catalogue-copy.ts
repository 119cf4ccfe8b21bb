import type { EarlierSlug } from '../shop/catalogue/catalogue-entry.ts'
import type { ProductContent } from '../shop/catalogue/product-check.ts'
import type { ProductStatus } from '../shop/catalogue/stored-product.ts'
import type { Database } from './database.ts'

/** A product with everything that a copy of the catalogue needs; moments as PostgreSQL writes them, to the microsecond. */
export type CopiedProduct = ProductContent & {
  id: string
  status: ProductStatus
  position: number
  version: number
  created_at: string
  updated_at: string
  published_at: string | null
  earlier_slugs: EarlierSlug[]
}

/** The next products after this id, in the order of their ids. */
export function listCopies(db: Database, after: string, most: number): Promise<CopiedProduct[]> {
  return db<CopiedProduct>`
    select p.id, p.type, p.slug, p.status, p.title, p.summary, p.description, p.unit_amount::float8 as unit_amount, p.currency,
           p.affiliate_url, p.category, p.tags, p.badges, p.licence, p.images, p.samples, p.version, p.position,
           p.created_at::text as created_at, p.updated_at::text as updated_at, p.published_at::text as published_at,
           coalesce((select json_agg(json_build_object('slug', c.old_slug, 'changed_at', c.changed_at::text) order by c.old_slug)
             from slug_changes c where c.product_id = p.id), '[]') as earlier_slugs
    from products p where p.id > ${after} order by p.id limit ${most}::int`
}

/**
 * Adds a product of a catalogue with its earlier addresses, in one statement; what the copy does not say is as for a new product.
 * @returns false when its id or one of its addresses belongs to another product
 */
export async function insertCopy(
  db: Database,
  { copy, actor }: { copy: Partial<CopiedProduct>; actor: string },
): Promise<boolean> {
  try {
    await db`
      with wanted as (
        select * from jsonb_populate_record(null::products, ${JSON.stringify(copy)}::jsonb)),
      added as (
        insert into products (id, slug, type, status, title, summary, description, unit_amount, currency, affiliate_url,
          category, tags, badges, licence, images, samples, position, version, created_at, updated_at, published_at)
        select id, slug, type, coalesce(status, 'draft'), title, summary, description, unit_amount, currency, affiliate_url,
          category, tags, badges, licence, images, samples,
          coalesce(position, (select coalesce(max(p.position), 0) + 1 from products p)), coalesce(version, 1),
          coalesce(created_at, now()), coalesce(updated_at, now()), published_at
        from wanted
        returning id, version, slug, title),
      addresses as (
        insert into slug_changes (old_slug, product_id, changed_at)
        select e ->> 'slug', a.id, (e ->> 'changed_at')::timestamptz
        from added a, jsonb_array_elements(${JSON.stringify(copy.earlier_slugs ?? [])}::jsonb) e)
      insert into product_changes (product_id, version, actor, change)
      select id, version, ${actor}, jsonb_build_object('added', jsonb_build_object('slug', slug, 'title', title)) from added`
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '23505') return false
    throw error
  }
}
