import type { Product, ShelfProduct } from '../shop/catalogue/product.ts'
import type { Database } from './database.ts'

/** How many products a query of the shelf answers with at most. */
export const ROWS_AT_ONCE = 1000
/** PostgreSQL's smallest int. */
const FIRST = -2_147_483_648
/** Where the last page ended. */
type Place = { position: number; slug: string }

/** The next published products after this one in the shop's order, with their current files; without `last`, the first ones. */
export function listPublishedProducts(db: Database, last?: Place): Promise<ShelfProduct[]> {
  return db<ShelfProduct>`
    select p.id, p.position, p.slug, p.type, p.status, p.title, p.summary, p.description, p.unit_amount::float8 as unit_amount, p.currency,
           p.affiliate_url, p.images, p.badges, p.category, p.tags, p.licence, p.samples,
           p.published_at::text as published_at, p.updated_at::text as updated_at,
           coalesce(json_agg(json_build_object('filename', f.filename, 'content_type', f.content_type, 'size_bytes', f.size_bytes,
             'sha256', f.sha256, 'version', f.version) order by f.slot) filter (where f.id is not null), '[]') as files
    from products p
    left join product_files f on f.product_id = p.id and f.retired_at is null and not exists (
      select 1 from product_files n where n.product_id = p.id and n.slot = f.slot and n.version > f.version and n.retired_at is null)
    where p.status = 'published' and (p.position, p.slug) > (${last?.position ?? FIRST}::int, ${last?.slug ?? ''}::text)
    group by p.id
    order by p.position, p.slug
    limit ${ROWS_AT_ONCE}`
}

/** The products with these slugs, whatever their status, in no particular order. */
export function findProducts(db: Database, slugs: string[]): Promise<Product[]> {
  return db<Product>`
    select id, slug, type, status, title, summary, description, unit_amount::float8 as unit_amount, currency, affiliate_url,
           images, badges
    from products where slug = any(${slugs}::text[])`
}

/** A recommendation's address, for those who ask whether it still leads to something. */
export type AffiliateLink = { product_id: string; slug: string; url: string }

/** The addresses of all published recommendations, in the shop's order. */
export function listAffiliateLinks(db: Database): Promise<AffiliateLink[]> {
  return db<AffiliateLink>`
    select id as product_id, slug, affiliate_url as url from products
    where type = 'affiliate' and status = 'published' order by position, slug`
}
