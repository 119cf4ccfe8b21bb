import type { Place } from '../shop/catalogue/stored-product.ts'
import type { Database } from './database.ts'

type Move = { id: string; place: Place; actor: string }

/**
 * Puts a product somewhere else in the shop's order, and notes who did. Two moves at once come one after the other, and none undoes another.
 * @returns false when the product, or the one that it goes next to, is not there
 */
export async function moveProduct(db: Database, { id, place, actor }: Move): Promise<boolean> {
  const anchor = 'before' in place ? place.before : 'after' in place ? place.after : null
  const where = 'at' in place ? place.at : 'before' in place ? 'before' : 'after'
  const rows = await db`
    with locked as materialized (
      select id, position, slug, version from products order by id for no key update),
    others as (
      select id, row_number() over (order by position, slug)::float8 as n from locked where id <> ${id}),
    target as (
      select 0::float8 as n where ${where}::text = 'first'
      union all select (select count(*) from others) + 1 where ${where}::text = 'last'
      union all select n - 0.5 from others where ${where}::text = 'before' and id = ${anchor}
      union all select n + 0.5 from others where ${where}::text = 'after' and id = ${anchor}),
    ranked as (
      select id, row_number() over (order by n)::int as position
      from (select id, n from others union all select l.id, t.n from locked l, target t where l.id = ${id}) placed),
    -- Compared with the locked row: what this statement saw of it before it waited may be a place that it no longer has.
    moved as (
      update products p set position = r.position from ranked r join locked l on l.id = r.id
      where r.id = p.id and l.position <> r.position and exists (select 1 from target)),
    noted as (
      insert into product_changes (product_id, version, actor, change)
      select l.id, l.version, ${actor}, jsonb_build_object('position', jsonb_build_object('from', l.position, 'to', r.position))
      from locked l join ranked r on r.id = l.id where l.id = ${id} and l.position <> r.position)
    select id from ranked where id = ${id}`
  return rows.length > 0
}
