import type { ProductContent } from '../shop/catalogue/product-check.ts'
import type { ProductChange, ProductStatus, StoredProduct } from '../shop/catalogue/stored-product.ts'
import type { Database } from './database.ts'

/** The product of this slug or id, whatever its status; null when there is none. */
export async function findProduct(db: Database, name: string): Promise<StoredProduct | null> {
  const rows = await db<StoredProduct>`
    select p.id, p.type, p.slug, p.status, p.title, p.summary, p.description, p.unit_amount::float8 as unit_amount, p.currency,
           p.affiliate_url, p.category, p.tags, p.badges, p.licence, p.images, p.samples, p.version, p.position,
           p.created_at, p.updated_at, p.published_at,
           (select count(*)::int from product_files f where f.product_id = p.id and file_state(f) = 'current') as files
    from products p where p.slug = ${name} or p.id = ${name}`
  return rows[0] ?? null
}

/** Somebody else has the slug, or had it before; links to it are theirs. */
export const SLUG_TAKEN = 'slug taken'

type Addition = { id: string; content: ProductContent; actor: string }

/** Adds a draft at the end of the shop's order, and notes who did. */
export function insertProduct(db: Database, { id, content, actor }: Addition): Promise<'added' | typeof SLUG_TAKEN> {
  return unlessTaken(async () => {
    await db`
      with added as (
        insert into products (id, slug, type, title, summary, description, unit_amount, currency, affiliate_url,
          category, tags, badges, licence, images, samples, position)
        select ${id}, w.slug, w.type, w.title, w.summary, w.description, w.unit_amount, w.currency, w.affiliate_url,
          w.category, w.tags, w.badges, w.licence, w.images, w.samples, (select coalesce(max(position), 0) + 1 from products)
        from jsonb_populate_record(null::products, ${JSON.stringify(content)}::jsonb) w
        returning id, version, slug, title)
      insert into product_changes (product_id, version, actor, change)
      select id, version, ${actor}, jsonb_build_object('added', jsonb_build_object('slug', slug, 'title', title)) from added`
    return 'added' as const
  })
}

export type ProductPatch = Partial<ProductContent> & { status?: ProductStatus; position?: number }
type Edit = { id: string; version: number; patch: ProductPatch; actor: string }

/**
 * Changes what a product says, and notes who changed what, in one statement. An earlier slug keeps leading to the product.
 * @returns its version from now on; null when it is no longer the version that the edit names
 */
export function updateProduct(
  db: Database,
  { id, version, patch, actor }: Edit,
): Promise<number | null | typeof SLUG_TAKEN> {
  return unlessTaken(async () => {
    const rows = await db<{ version: number }>`
      with before as (
        select p as product from products p where id = ${id} and version = ${version}::int for no key update),
      wanted as (
        select (jsonb_populate_record(product, ${JSON.stringify(patch)}::jsonb)).* from before),
      after as (
        update products p set slug = w.slug, status = w.status, title = w.title, summary = w.summary, description = w.description,
          unit_amount = w.unit_amount, currency = w.currency, affiliate_url = w.affiliate_url, category = w.category, tags = w.tags,
          badges = w.badges, licence = w.licence, images = w.images, samples = w.samples, position = w.position
        from wanted w where p.id = w.id
        returning p.*),
      noted as (
        insert into product_changes (product_id, version, actor, change)
        select a.id, a.version, ${actor}, difference.change
        from after a, before b, lateral (
          select jsonb_object_agg(key, jsonb_build_object('from', was.value, 'to', is_now.value)) as change
          from jsonb_each(to_jsonb(a)) is_now join jsonb_each(to_jsonb(b.product)) was using (key)
          where is_now.value <> was.value and key not in ('version', 'updated_at', 'published_at')) difference
        where difference.change is not null)
      select version from after`
    return rows[0]?.version ?? null
  })
}

async function unlessTaken<Result>(write: () => Promise<Result>): Promise<Result | typeof SLUG_TAKEN> {
  try {
    return await write()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '23505') return SLUG_TAKEN
    throw error
  }
}

/** Who changed what after this version, newest first. */
export function listProductChanges(
  db: Database,
  { id, after, most }: { id: string; after: number; most: number },
): Promise<ProductChange[]> {
  return db<ProductChange>`
    select version, actor, change, changed_at from product_changes
    where product_id = ${id} and version > ${after}::int
    order by id desc limit ${most}::int`
}
