import type { ProductImage } from '../shop/catalogue/product.ts'
import type { Database } from './database.ts'

/** A product of the demo catalogue as a row; its id begins with `prd_demo_`, by which all of them are found again. */
export type DemoProduct = {
  id: string
  slug: string
  type: 'direct' | 'affiliate'
  title: string
  summary: string
  description: string
  licence: string
  category: string
  tags: string[]
  badges: string[]
  images: ProductImage[]
  position: number
  published_at: string
  unit_amount: number | null
  currency: string | null
  affiliate_url: string | null
}

/** The one file that buyers of all demo products get. */
export type DemoFile = { filename: string; content_type: string; size_bytes: number; sha256: string; key: string }

/** How many products there are, whatever their status, and how many of them are the demo's. */
export async function countProducts(db: Database): Promise<{ all: number; demo: number }> {
  const [row] = await db<{ all: number; demo: number }>`
    select count(*)::int as all, (count(*) filter (where starts_with(id, 'prd_demo_')))::int as demo from products`
  return row ?? { all: 0, demo: 0 }
}

/** Publishes those that are not there yet, each direct one with the file. Returns how many were new. */
export async function addDemoProducts(db: Database, products: DemoProduct[], file: DemoFile): Promise<number> {
  const [row] = await db<{ added: number }>`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(products)}::jsonb) as p(id text, slug text, type text, title text, summary text,
        description text, licence text, category text, tags text[], badges text[], images jsonb, position int,
        published_at timestamptz, unit_amount bigint, currency text, affiliate_url text)
    ), added as (
      insert into products (id, slug, type, status, title, summary, description, licence, category, tags, badges, images, position,
        published_at, unit_amount, currency, affiliate_url)
      select id, slug, type, 'published', title, summary, description, licence, category, tags, badges, images, position,
        published_at, unit_amount, currency, affiliate_url
      from wanted
      on conflict (id) do update set status = 'published' where products.status = 'retired'
      returning id, type
    ), files as (
      insert into product_files (id, product_id, filename, content_type, size_bytes, sha256, key)
      select 'fil_' || substr(id, 5), id, ${file.filename}, ${file.content_type}, ${file.size_bytes}::bigint, ${file.sha256}, ${file.key}
      from added where type = 'direct'
      on conflict (id) do nothing
    )
    select count(*)::int as added from added`
  return row?.added ?? 0
}

/** Takes the demo's products away again; those that somebody bought are retired, since their orders need them. */
export async function removeDemoProducts(db: Database): Promise<{ removed: number; retired: number }> {
  const [row] = await db<{ removed: number; retired: number }>`
    with demo as (
      select id, exists (select 1 from order_items i where i.product_id = p.id) as is_sold from products p where starts_with(id, 'prd_demo_')
    ), clicks as (
      delete from affiliate_clicks where product_id in (select id from demo where not is_sold)
    ), files as (
      delete from product_files where product_id in (select id from demo where not is_sold)
    ), removed as (
      delete from products where id in (select id from demo where not is_sold) returning 1
    ), retired as (
      update products set status = 'retired' where id in (select id from demo where is_sold) returning 1
    )
    select (select count(*) from removed)::int as removed, (select count(*) from retired)::int as retired`
  return row ?? { removed: 0, retired: 0 }
}
