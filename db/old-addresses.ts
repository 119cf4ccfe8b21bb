import type { Database } from './database.ts'

/** An address that a product had before, and where the product is today. */
export type OldAddress = { old_slug: string; slug: string; status: 'published' | 'retired' }

/** Every earlier slug of what is or was on the shelf. */
export function listOldAddresses(db: Database): Promise<OldAddress[]> {
  return db<OldAddress>`
    select c.old_slug, p.slug, p.status
    from slug_changes c
    join products p on p.id = c.product_id
    where p.status in ('published', 'retired')
    order by c.old_slug`
}

/** A product that is no longer for sale, as its page remembers it. */
export type RetiredProduct = { slug: string; title: string; category: string | null }

/** Everything that was taken off the shelf. */
export function listRetiredProducts(db: Database): Promise<RetiredProduct[]> {
  return db<RetiredProduct>`select slug, title, category from products where status = 'retired' order by slug`
}

/** The slug that the product has today which had this one before, or null. */
export async function findMovedSlug(db: Database, oldSlug: string): Promise<string | null> {
  const [found] = await db<{ slug: string }>`
    select p.slug from slug_changes c join products p on p.id = c.product_id where c.old_slug = ${oldSlug}`
  return found?.slug ?? null
}

/** Of these earlier slugs, those whose product has another one today. */
export function findMovedSlugs(db: Database, oldSlugs: string[]): Promise<Pick<OldAddress, 'old_slug' | 'slug'>[]> {
  return db<Pick<OldAddress, 'old_slug' | 'slug'>>`
    select c.old_slug, p.slug from slug_changes c join products p on p.id = c.product_id
    where c.old_slug = any(${oldSlugs}::text[]) and p.status = 'published'`
}
