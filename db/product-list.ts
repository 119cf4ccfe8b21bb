import type { ListedProduct } from '../shop/catalogue/catalogue-answers.ts'
import type { ProductStatus } from '../shop/catalogue/stored-product.ts'
import type { Database } from './database.ts'

/** `status` and `search` may be null for all; `after` is where the page before ended. */
export type ListWish = {
  status: ProductStatus | null
  search: string | null
  after: { position: number; slug: string } | null
  most: number
}

/** PostgreSQL's smallest int. */
const FIRST = -2_147_483_648

/** The seller's products in the shop's order; `search` is looked for in titles, slugs, categories and tags. */
export function listProducts(db: Database, { status, search, after, most }: ListWish): Promise<ListedProduct[]> {
  return db<ListedProduct>`
    select p.id, p.slug, p.type, p.status, p.title, p.unit_amount::float8 as unit_amount, p.currency, p.version, p.position, p.updated_at,
           (select count(*)::int from product_files f where f.product_id = p.id and file_state(f) = 'current') as files,
           p.images -> 0 ->> 'sha256' as sha256
    from products p
    where (${status}::text is null or p.status = ${status})
      and (${search}::text is null or strpos(lower(concat_ws(' ', p.title, p.slug, p.category, array_to_string(p.tags, ' '))), lower(${search})) > 0)
      and (p.position, p.slug) > (${after?.position ?? FIRST}::int, ${after?.slug ?? ''}::text)
    order by p.position, p.slug
    limit ${most}::int`
}
