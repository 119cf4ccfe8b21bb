import type { Database } from './database.ts'

/**
 * A copy of the whole shop, row by row as PostgreSQL writes them: a line is a JSON document with a product or an order and everything
 * that hangs on it. Lines are not taken apart on their way, so that no number is rounded and no later column is forgotten.
 */
export type Line = { id: string; line: string }

type Page = { after: string; most: number }

/** The next products after this id, with their files, earlier addresses and history. */
export function listProductLines(db: Database, { after, most }: Page): Promise<Line[]> {
  return db<Line>`
    select p.id, jsonb_build_object('product', to_jsonb(p),
      'files', (select coalesce(jsonb_agg(to_jsonb(f) order by f.id), '[]') from product_files f where f.product_id = p.id),
      'addresses', (select coalesce(jsonb_agg(to_jsonb(c) order by c.old_slug), '[]') from slug_changes c where c.product_id = p.id),
      'changes', (select coalesce(jsonb_agg(to_jsonb(c) - 'id' order by c.id), '[]') from product_changes c where c.product_id = p.id)
    )::text as line
    from products p where p.id > ${after} order by p.id limit ${most}::int`
}

/** The next orders after this id, with their items, money that went back, history, downloads and mails. */
export function listOrderLines(db: Database, { after, most }: Page): Promise<Line[]> {
  return db<Line>`
    select o.id, jsonb_build_object('order', to_jsonb(o),
      'items', (select coalesce(jsonb_agg(to_jsonb(i) order by i.id), '[]') from order_items i where i.order_id = o.id),
      'refunds', (select coalesce(jsonb_agg(to_jsonb(r) order by r.stripe_refund_id), '[]') from refunds r where r.order_id = o.id),
      'requests', (select coalesce(jsonb_agg(to_jsonb(r) order by r.id), '[]') from refund_requests r where r.order_id = o.id),
      'disputes', (select coalesce(jsonb_agg(to_jsonb(d) order by d.stripe_dispute_id), '[]') from disputes d where d.order_id = o.id),
      'changes', (select coalesce(jsonb_agg(to_jsonb(c) - 'id' order by c.id), '[]') from order_changes c where c.order_id = o.id),
      'downloads', (select coalesce(jsonb_agg(to_jsonb(d) order by d.jti), '[]') from downloads d
        where d.order_item_id in (select i.id from order_items i where i.order_id = o.id)),
      'mails', (select coalesce(jsonb_agg(to_jsonb(m) order by m.id), '[]') from emails m where m.order_id = o.id)
    )::text as line
    from orders o where o.id > ${after} order by o.id limit ${most}::int`
}

/** The next mails after this id that belong to no order; those that others travelled in come in a run of their own, before them. */
export function listMailLines(
  db: Database,
  { after, most, isCarried }: Page & { isCarried: boolean },
): Promise<Line[]> {
  return db<Line>`
    select id, to_jsonb(m)::text as line from emails m
    where order_id is null and (told_in is not null) = ${isCarried}::boolean and id > ${after} order by id limit ${most}::int`
}

/** The next addresses after this one of which it is known whether mails arrive. */
export function listAddressLines(db: Database, { after, most }: Page): Promise<Line[]> {
  return db<Line>`
    select address as id, (to_jsonb(a) - 'id')::text as line from mail_addresses a
    where address > ${after} order by address limit ${most}::int`
}

/** Adds products that are not here yet, each with everything that hangs on it, in one statement. Returns how many were new. */
export async function insertProductLines(db: Database, lines: string): Promise<number> {
  const [row] = await db<{ added: number }>`
    with doc as (
      select d from jsonb_array_elements(${lines}::jsonb) d),
    added as (
      insert into products select r.* from doc, jsonb_populate_record(null::products, d -> 'product') r
      on conflict (id) do nothing returning id),
    fresh as (
      select d from doc join added on added.id = d -> 'product' ->> 'id'),
    files as (
      insert into product_files select r.* from fresh, jsonb_populate_recordset(null::product_files, d -> 'files') r),
    addresses as (
      insert into slug_changes select r.* from fresh, jsonb_populate_recordset(null::slug_changes, d -> 'addresses') r),
    changes as (
      insert into product_changes (product_id, version, actor, change, changed_at)
      select r.product_id, r.version, r.actor, r.change, r.changed_at
      from fresh, jsonb_array_elements(d -> 'changes') with ordinality e(c, n), jsonb_populate_record(null::product_changes, c) r
      order by r.product_id, n)
    select count(*)::int as added from added`
  return row?.added ?? 0
}

/**
 * Adds orders that are not here yet, each with everything that hangs on it, in one statement. No job is made: a mail that had not gone
 * out is void here, and a refund that was still to be asked for counts as refused, so that neither happens twice. Returns how many were new.
 */
export async function insertOrderLines(db: Database, lines: string): Promise<number> {
  const [row] = await db<{ added: number }>`
    with doc as (
      select d from jsonb_array_elements(${lines}::jsonb) d),
    added as (
      insert into orders select r.* from doc, jsonb_populate_record(null::orders, d -> 'order') r
      on conflict (id) do nothing returning id),
    fresh as (
      select d from doc join added on added.id = d -> 'order' ->> 'id'),
    items as (
      insert into order_items select r.* from fresh, jsonb_populate_recordset(null::order_items, d -> 'items') r),
    refunded as (
      insert into refunds select r.* from fresh, jsonb_populate_recordset(null::refunds, d -> 'refunds') r),
    requests as (
      insert into refund_requests select r.* from fresh, jsonb_array_elements(d -> 'requests') q,
        jsonb_populate_record(null::refund_requests, case when q ->> 'state' = 'open'
          then q || jsonb_build_object('state', 'refused', 'finished_at', now(), 'reason', 'the shop moved before it was made') else q end) r),
    disputed as (
      insert into disputes select r.* from fresh, jsonb_populate_recordset(null::disputes, d -> 'disputes') r),
    changes as (
      insert into order_changes (order_id, actor, change, changed_at)
      select r.order_id, r.actor, r.change, r.changed_at
      from fresh, jsonb_array_elements(d -> 'changes') with ordinality e(c, n), jsonb_populate_record(null::order_changes, c) r
      order by r.order_id, n),
    fetched as (
      insert into downloads select r.* from fresh, jsonb_populate_recordset(null::downloads, d -> 'downloads') r),
    mails as (
      insert into emails select r.* from fresh, jsonb_array_elements(d -> 'mails') m,
        jsonb_populate_record(null::emails, case when (m ->> 'sent_at') is null and (m ->> 'told_in') is null
          then m || jsonb_build_object('voided_at', coalesce(m ->> 'voided_at', now()::text)) else m end) r)
    select count(*)::int as added from added`
  return row?.added ?? 0
}

/** Adds mails that belong to no order and are not here yet; one that had not gone out is void here. Returns how many were new. */
export async function insertMailLines(db: Database, lines: string): Promise<number> {
  const [row] = await db<{ added: number }>`
    with added as (
      insert into emails select r.* from jsonb_array_elements(${lines}::jsonb) m,
        jsonb_populate_record(null::emails, case when (m ->> 'sent_at') is null and (m ->> 'told_in') is null
          then m || jsonb_build_object('voided_at', coalesce(m ->> 'voided_at', now()::text)) else m end) r
      on conflict (id) do nothing returning 1)
    select count(*)::int as added from added`
  return row?.added ?? 0
}

/** Adds what is known of addresses and is not here yet. Returns how many were new. */
export async function insertAddressLines(db: Database, lines: string): Promise<number> {
  const [row] = await db<{ added: number }>`
    with added as (
      insert into mail_addresses (address, state, observed_at)
      select address, state, observed_at from jsonb_populate_recordset(null::mail_addresses, ${lines}::jsonb)
      on conflict (address) do nothing returning 1)
    select count(*)::int as added from added`
  return row?.added ?? 0
}

/** The next ids of products or of orders after this one. */
export async function listIds(db: Database, of: 'products' | 'orders', { after, most }: Page): Promise<string[]> {
  const rows =
    of === 'products'
      ? await db<{ id: string }>`select id from products where id > ${after} order by id limit ${most}::int`
      : await db<{ id: string }>`select id from orders where id > ${after} order by id limit ${most}::int`
  return rows.map(({ id }) => id)
}

/** A file of a product that lies in Netlify Blobs or in a bucket, once for each place. */
export type StoredFile = {
  store: 'blobs' | 's3'
  key: string
  sha256: string
  size_bytes: number
  content_type: string
}

/** The next stored files after this key. */
export function listStoredFiles(db: Database, { after, most }: Page): Promise<StoredFile[]> {
  return db<StoredFile>`
    select distinct on (key) store, key, sha256, size_bytes::float8 as size_bytes, content_type
    from product_files where key > ${after} order by key, store limit ${most}::int`
}

/** The newest migration of the database: a copy fits a shop of the same one. */
export async function newestMigration(db: Database): Promise<string> {
  const [row] = await db<{ name: string }>`select max(name) as name from migrations`
  return row?.name ?? ''
}
