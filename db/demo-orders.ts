import type { Database } from './database.ts'

/** Numbers of imagined things, the first and the last. */
export type Span = { from: number; to: number }

/** How many imagined orders there are, and how many clicks; numbers are given without gaps. */
export async function countDemoOrders(db: Database): Promise<{ orders: number; clicks: number }> {
  const rows = await db<{ orders: number; clicks: number }>`
    select (select count(*) from orders where id like 'ord_demo%')::int as orders,
      (select count(*) from affiliate_clicks where referrer = 'https://demo.example/')::int as clicks`
  return rows[0] ?? { orders: 0, clicks: 0 }
}

/**
 * Adds imagined orders of the last 400 days with everything that real ones leave behind: items, mails, work that was done, downloads,
 * refunds, disputes, payments that were only begun. The same number is the same order on every machine, but for its day. Products that
 * can be bought must be there.
 */
export async function addDemoOrders(db: Database, { from, to }: Span): Promise<number> {
  const rows = await db<{ added: number }>`
    with shelf as materialized (
      select array_agg(id order by id) as ids, array_agg(title order by id) as titles, array_agg(unit_amount order by id) as prices,
        array_agg(currency order by id) as currencies, count(*)::int as size
      from products where type = 'direct' and unit_amount > 0 and status <> 'draft'),
    chance as (
      select i, (hashint8extended(i, 11) & 2147483647) / 2147483648.0 as day, (hashint8extended(i, 12) & 2147483647) as pick,
        (hashint8extended(i, 13) & 2147483647) / 2147483648.0 as fate, (hashint8extended(i, 14) & 2147483647) as buyer
      from generate_series(${from}::bigint, ${to}::bigint) i),
    drawn as materialized (
      select i, 'ord_demo' || lpad(i::text, 9, '0') as id, 'itm_demo' || lpad(i::text, 9, '0') as item, 'cs_test_demo' || i as session,
        'pi_demo' || i as payment, now() - day ^ 1.2 * interval '400 days' as at, 1 + pick % s.size as nth, s.ids[1 + pick % s.size] as product,
        s.titles[1 + pick % s.size] as title, s.prices[1 + pick % s.size] as price, s.currencies[1 + pick % s.size] as currency,
        'buyer' || buyer % 150000 || '@example.com' as email,
        case when fate < 0.92 then 'paid' when fate < 0.95 then 'refunded' when fate < 0.975 then 'partially_refunded'
          when fate < 0.98 then 'disputed' when fate < 0.983 then 'review' when fate < 0.99 then 'pending' else 'failed' end as status
      from chance, shelf s where s.size > 0),
    told as materialized (
      select *, case status when 'refunded' then price when 'partially_refunded' then greatest(price / 2, 1) else 0 end as gone,
        status not in ('pending', 'failed') as is_paid from drawn),
    o as (
      insert into orders (id, stripe_session_id, stripe_payment_intent_id, livemode, status, stripe_email, currency, amount_subtotal,
        amount_discount, amount_tax, amount_total, amount_refunded, review_reason, paid_at, observed_at, email, created_at)
      select id, session, payment, false, case when gone = price then 'refunded' else status end, email, currency, price, 0, 0, price, gone,
        case status when 'review' then 'imagined' end, case when is_paid then at end, at, email, at from told
      on conflict do nothing returning id),
    fresh as materialized (select told.* from told join o using (id)),
    items as (
      insert into order_items (id, order_id, stripe_line_item_id, product_id, title, quantity, unit_amount, amount_total, refunded_at)
      select item, id, 'li_demo' || i, product, title, 1, price, price, case when gone = price then at + interval '2 days' end from fresh),
    back as (
      insert into refunds (stripe_refund_id, order_id, amount, currency, status, refunded_at)
      select 're_demo' || i, id, gone, currency, 'succeeded', least(at + interval '2 days', now()) from fresh where gone > 0),
    fought as (
      insert into disputes (stripe_dispute_id, order_id, amount, currency, status, reason, opened_at)
      select 'dp_demo' || i, id, price, currency, case i % 3 when 0 then 'lost' else 'needs_response' end, 'fraudulent',
        least(at + interval '5 days', now()) from fresh where status = 'disputed'),
    mails as (
      insert into emails (id, kind, order_id, to_address, subject, rendered_at, first_attempt_at, sent_at, created_at)
      select 'receipt:' || id, 'receipt', id, email, 'Your receipt', at, at, at, at from fresh where is_paid and status <> 'review'),
    done as (
      insert into jobs (id, kind, payload, state, due_at, attempts, created_at, finished_at)
      select 'stripe:evt_demo' || i, 'sync_order', jsonb_build_object('stripe_session_id', session), 'done', at, 1, at, at from fresh
        where at > now() - interval '90 days'
      union all
      select 'mail:receipt:' || id, 'send_email', jsonb_build_object('email_id', 'receipt:' || id), 'done', at, 1, at, at from fresh
        where at > now() - interval '90 days' and is_paid and status <> 'review'),
    begun as (
      insert into checkouts (stripe_session_id, amount_total, currency, slugs, began_at)
      select session, price, currency, '{demo}'::text[], at from fresh where at > now() - interval '30 days'
      union all
      select 'cs_test_left' || i, price, currency, '{demo}'::text[], at - interval '1 hour' from fresh
        where at > now() - interval '30 days' and i % 3 > 0
      on conflict do nothing),
    fetched as (
      insert into downloads (jti, order_item_id, file_id, redeemed_at)
      select 'demo' || fresh.i, item, f.id, at + interval '1 minute' from fresh
      join lateral (select id from product_files where product_id = product and retired_at is null order by version desc limit 1) f on true
      where is_paid and fresh.i % 5 > 0)
    select count(*)::int as added from o`
  return rows[0]?.added ?? 0
}

/** Adds imagined clicks of the last 90 days on the products that are recommended; every tenth is a program's. */
export async function addDemoClicks(db: Database, { from, to }: Span): Promise<number> {
  const rows = await db<{ added: number }>`
    with shelf as materialized (
      select array_agg(id order by id) as ids, count(*)::int as size from products where type = 'affiliate' and status = 'published'),
    added as (
      insert into affiliate_clicks (product_id, referrer, user_agent, is_bot, clicked_at)
      select s.ids[1 + (hashint8extended(i, 21) & 2147483647) % s.size], 'https://demo.example/', 'Mozilla/5.0', i % 10 = 0,
        now() - (hashint8extended(i, 22) & 2147483647) / 2147483648.0 * interval '90 days'
      from generate_series(${from}::bigint, ${to}::bigint) i, shelf s where s.size > 0 returning 1)
    select count(*)::int as added from added`
  return rows[0]?.added ?? 0
}

/** Takes up to `limit` imagined orders away, with all that they left behind and their part of the sums. @returns how many */
export async function removeDemoOrders(db: Database, limit: number): Promise<number> {
  const rows = await db<{ gone: number }>`
    with chosen as materialized (
      select id, stripe_session_id, substr(id, 9)::bigint as i from orders where id like 'ord_demo%' order by id limit ${limit}::int),
    r as (delete from refunds where order_id in (select id from chosen) returning currency, refunded_at, amount, status),
    d as (delete from disputes where order_id in (select id from chosen) returning currency, opened_at, amount, status),
    t as (delete from order_changes where order_id in (select id from chosen)),
    q as (delete from refund_requests where order_id in (select id from chosen)),
    c as (delete from access_codes where order_id in (select id from chosen)),
    e as (delete from emails where order_id in (select id from chosen)),
    j as (delete from jobs where id in (select 'stripe:evt_demo' || i from chosen union all select 'mail:receipt:' || id from chosen)),
    k as (
      delete from checkouts where stripe_session_id in (
        select stripe_session_id from chosen union all select 'cs_test_left' || i from chosen) returning began_at),
    f as (
      delete from downloads where order_item_id in (select x.id from order_items x where x.order_id in (select id from chosen))),
    n as (delete from order_items where order_id in (select id from chosen)),
    o as (delete from orders where id in (select id from chosen) returning currency, paid_at, amount_total),
    sums as (
      insert into figure_changes (measure, subject, at, amount, count)
      select 'sale', currency, quarter_hour(paid_at), -sum(amount_total), -count(*) from o where paid_at is not null group by 2, 3
      union all
      select 'refund', currency, quarter_hour(refunded_at), -sum(amount), -count(*) from r
        where status not in ('failed', 'canceled') group by 2, 3
      union all
      select 'lost_dispute', currency, quarter_hour(opened_at), -sum(amount), -count(*) from d where status = 'lost' group by 2, 3
      union all
      select 'checkout', '', quarter_hour(began_at), 0, -count(*) from k group by 3)
    select count(*)::int as gone from o`
  return rows[0]?.gone ?? 0
}

/** Takes up to `limit` imagined clicks away, with their part of the sums. @returns how many */
export async function removeDemoClicks(db: Database, limit: number): Promise<number> {
  const rows = await db<{ gone: number }>`
    with c as (
      delete from affiliate_clicks where id = any(array(
        select id from affiliate_clicks where referrer = 'https://demo.example/' limit ${limit}::int))
      returning product_id, clicked_at, is_bot),
    sums as (
      insert into figure_changes (measure, subject, at, amount, count)
      select case when grouping(product_id) = 1 then 'click' else 'product_click' end, coalesce(product_id, ''), at, 0, -count(*)
      from (select product_id, quarter_hour(clicked_at) as at from c where not is_bot) as clicks
      group by grouping sets ((at), (at, product_id)))
    select count(*)::int as gone from c`
  return rows[0]?.gone ?? 0
}
