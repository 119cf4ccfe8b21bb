import type { Database } from './database.ts'

/** Everything that is held under an address, as JSON; amounts in minor units. */
export type CustomerData = {
  orders: object[]
  mails: object[]
  address: { state: string; observed_at: string } | null
  portal: { links_sent_at: string | null; sessions: object[] }
}

/**
 * Gathers everything that is held under an address. `deeply` also takes orders whose address at Stripe was this one, which only the
 * seller may see: a typing mistake must not show a stranger's order. Nor does the buyer learn which other address an order was under.
 */
export async function findCustomerData(db: Database, email: string, deeply: boolean): Promise<CustomerData> {
  const rows = await db<{ data: CustomerData }>`
    select json_build_object(
      'orders', (select coalesce(json_agg(json_build_object('id', o.id, 'status', o.status, 'email', o.email,
          'email_at_stripe', case when ${deeply}::boolean or lower(btrim(o.stripe_email)) = ${email} then o.stripe_email end, 'stripe_session_id', o.stripe_session_id,
          'stripe_payment_intent_id', o.stripe_payment_intent_id, 'currency', o.currency, 'amount_subtotal', o.amount_subtotal,
          'amount_discount', o.amount_discount, 'amount_tax', o.amount_tax, 'amount_total', o.amount_total,
          'amount_refunded', o.amount_refunded, 'paid_at', o.paid_at, 'created_at', o.created_at,
          'items', (select coalesce(json_agg(json_build_object('id', i.id, 'title', i.title, 'quantity', i.quantity,
              'unit_amount', i.unit_amount, 'amount_total', i.amount_total, 'refunded_at', i.refunded_at, 'revoked_at', i.revoked_at,
              'downloads', (select coalesce(json_agg(json_build_object('file', f.filename, 'version', f.version,
                  'downloaded_at', d.redeemed_at) order by d.redeemed_at), '[]')
                from downloads d join product_files f on f.id = d.file_id where d.order_item_id = i.id))
              order by i.stripe_line_item_id), '[]') from order_items i where i.order_id = o.id),
          'refunds', (select coalesce(json_agg(json_build_object('id', r.stripe_refund_id, 'amount', r.amount, 'status', r.status,
              'reason', r.reason, 'refunded_at', r.refunded_at)), '[]') from refunds r where r.order_id = o.id),
          'disputes', (select coalesce(json_agg(json_build_object('id', p.stripe_dispute_id, 'amount', p.amount, 'status', p.status,
              'reason', p.reason, 'opened_at', p.opened_at)), '[]') from disputes p where p.order_id = o.id),
          'changes', (select coalesce(json_agg(json_build_object('by', c.actor, 'change', case
                when ${deeply}::boolean or not c.change ? 'email' then c.change
                else '{"email": "changed"}' end, 'changed_at', c.changed_at)
              order by c.id), '[]') from order_changes c where c.order_id = o.id))
          order by o.created_at desc, o.id desc), '[]')
        from orders o where o.email = ${email} or (${deeply}::boolean and lower(btrim(o.stripe_email)) = ${email})),
      'mails', (select coalesce(json_agg(json_build_object('kind', m.kind, 'subject', m.subject, 'created_at', m.created_at,
          'sent_at', m.sent_at, 'delivery', m.delivery, 'delivery_at', m.delivery_at) order by m.created_at), '[]')
        from emails m where m.to_address = ${email} and m.kind not like 'seller\\_%'),
      'address', (select json_build_object('state', a.state, 'observed_at', a.observed_at)
        from mail_addresses a where a.address = ${email}),
      'portal', json_build_object(
        'links_sent_at', (select l.created_at from portal_links l where l.email = ${email}),
        'sessions', (select coalesce(json_agg(json_build_object('began_at', s.created_at, 'ends_at', s.expires_at)), '[]')
          from portal_sessions s where s.email = ${email}))) as data`
  const [row] = rows
  if (!row) throw new TypeError('a statement without a table must answer one row')
  return row.data
}

/** How many rows name an address, or did before it was erased. */
export type Erasure = { orders: number; mails: number }

/** What erasing an address would change; nothing is changed. */
export async function countErasable(db: Database, email: string): Promise<Erasure> {
  const rows = await db<Erasure>`
    select (select count(*)::int from orders where email = ${email} or lower(btrim(stripe_email)) = ${email}) as orders,
      (select count(*)::int from emails where to_address = ${email}) as mails`
  return rows[0] ?? { orders: 0, mails: 0 }
}

/**
 * Takes an address out of everything, in one statement. Orders, items, refunds and counted downloads stay, since the books need them, and
 * so does the fact that a mail went out; its text goes, the seller's notices about these orders included. A mail that waits is not sent.
 */
export async function eraseAddress(db: Database, email: string): Promise<Erasure> {
  const rows = await db<Erasure>`
    with o as (
      update orders set email = nullif(email, ${email}), erased_at = coalesce(erased_at, now()),
        stripe_email = case when lower(btrim(stripe_email)) = ${email} then null else stripe_email end
      where email = ${email} or lower(btrim(stripe_email)) = ${email} returning id, email),
    noted as (
      insert into order_changes (order_id, actor, change) select id, 'seller', '{"erased": true}' from o),
    history as (
      update order_changes set change = '{"email": "erased"}'
      where change -> 'email' ->> 'from' = ${email} or change -> 'email' ->> 'to' = ${email}),
    codes as (delete from access_codes using o where access_codes.order_id = o.id),
    links as (delete from portal_links where email = ${email}),
    sessions as (delete from portal_sessions where email = ${email}),
    addresses as (delete from mail_addresses where address = ${email}),
    m as (
      update emails set to_address = 'erased', html = null, body_text = null, last_error = null,
        voided_at = case when sent_at is null then coalesce(voided_at, now()) end
      where to_address = ${email} returning id),
    -- A worker may be writing one of these right now, with the address that it has read before.
    unwritten as (
      update emails set voided_at = now()
      where order_id in (select id from o where email is null) and rendered_at is null and voided_at is null
        and kind not like 'seller\\_%'),
    notices as (
      update emails set html = null, body_text = null, voided_at = case when sent_at is null then coalesce(voided_at, now()) end
      where kind like 'seller\\_%' and rendered_at is not null and order_id in (select id from o) and to_address <> ${email})
    select (select count(*)::int from o) as orders, (select count(*)::int from m) as mails`
  return rows[0] ?? { orders: 0, mails: 0 }
}
