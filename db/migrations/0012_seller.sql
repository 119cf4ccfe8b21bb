-- What the seller's pages ask for, at any number of orders: lists, searches, an order's history, and sums by day.
create index orders_by_time on orders (created_at desc, id desc);
create index orders_by_status on orders (status, created_at desc, id desc);
-- By the beginning of an address, in whatever collation the database was made.
create index orders_by_address on orders (email text_pattern_ops);
-- The address that was typed at Stripe, where it is not the order's own.
create index orders_by_paying_address on orders (lower(stripe_email) text_pattern_ops) where lower(stripe_email) is distinct from email;
create index jobs_by_sale on jobs ((coalesce(payload ->> 'stripe_session_id', payload ->> 'stripe_payment_intent_id'))) where kind = 'sync_order';
create index emails_unsent on emails (created_at) where sent_at is null and voided_at is null;

-- How often a refund was asked for. Whoever asks says how often they have seen, so that of two who ask at once one is told.
alter table orders add column refunds_asked integer not null default 0;

-- A refund is a row first: a retry finds it, and a crash leaves it to its job.
create table refund_requests (
  id               text primary key check (id ~ '^rfq_[A-Za-z0-9_]{4,60}$'),
  order_id         text not null references orders (id),
  amount           bigint not null check (amount > 0),
  currency         text not null check (currency ~ '^[a-z]{3}$'),
  -- The items that it pays back; of an amount alone, none.
  order_item_ids   text[] not null default '{}',
  actor            text not null check (length(actor) <= 254),
  state            text not null default 'open' check (state in ('open', 'made', 'refused')),
  stripe_refund_id text,
  -- Why Stripe refused.
  reason           text,
  requested_at     timestamptz not null default now(),
  finished_at      timestamptz,
  check ((state = 'open') = (finished_at is null)),
  check ((state = 'made') = (stripe_refund_id is not null))
);
create index refund_requests_by_order on refund_requests (order_id);

-- Sums by day. What changes them is written down by triggers, by the quarter of an hour (every time zone is a multiple of that away from
-- UTC), and is folded into days now and then; both together are the truth at any moment. See docs/decisions/0020-figures.md.
create table figure_changes (
  id      bigint generated always as identity primary key,
  measure text not null,
  -- A currency, a product, or nothing.
  subject text not null,
  at      timestamptz not null,
  amount  bigint not null,
  count   bigint not null
);
create table day_figures (
  measure text not null check (measure in ('sale', 'refund', 'lost_dispute', 'checkout', 'click', 'product_click')),
  day     date not null,
  subject text not null,
  amount  bigint not null,
  count   bigint not null,
  primary key (measure, day, subject)
);

create function quarter_hour(at timestamptz) returns timestamptz language sql immutable as $$
  select date_bin('15 minutes', at, timestamptz '2000-01-01 00:00:00+00')
$$;

-- An update that changes none of them adds up to nothing, and leaves nothing.
create function note_sales() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into figure_changes (measure, subject, at, amount, count)
    select 'sale', currency, quarter_hour(paid_at), sum(amount_total), count(*) from after where paid_at is not null group by 2, 3;
  else
    insert into figure_changes (measure, subject, at, amount, count)
    select 'sale', currency, quarter_hour(paid_at), sum(amount), sum(count)
    from (select currency, paid_at, amount_total as amount, 1 as count from after
      union all select currency, paid_at, -amount_total, -1 from before) as both_rows
    where paid_at is not null group by 2, 3 having sum(amount) <> 0 or sum(count) <> 0;
  end if;
  return null;
end
$$;
create trigger orders_figures_new after insert on orders
  referencing new table as after for each statement execute function note_sales();
create trigger orders_figures_changed after update on orders
  referencing old table as before new table as after for each statement execute function note_sales();

-- A refund counts from the moment that Stripe has it, and counts no more when it fails.
create function note_refunds() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into figure_changes (measure, subject, at, amount, count)
    select 'refund', currency, quarter_hour(refunded_at), sum(amount), count(*) from after
    where status not in ('failed', 'canceled') group by 2, 3;
  else
    insert into figure_changes (measure, subject, at, amount, count)
    select 'refund', currency, quarter_hour(refunded_at), sum(amount), sum(count)
    from (select currency, refunded_at, status, amount, 1 as count from after
      union all select currency, refunded_at, status, -amount, -1 from before) as both_rows
    where status not in ('failed', 'canceled') group by 2, 3 having sum(amount) <> 0 or sum(count) <> 0;
  end if;
  return null;
end
$$;
create trigger refunds_figures_new after insert on refunds
  referencing new table as after for each statement execute function note_refunds();
create trigger refunds_figures_changed after update on refunds
  referencing old table as before new table as after for each statement execute function note_refunds();

-- A dispute takes the money for good when it is lost.
create function note_lost_disputes() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into figure_changes (measure, subject, at, amount, count)
    select 'lost_dispute', currency, quarter_hour(opened_at), sum(amount), count(*) from after where status = 'lost' group by 2, 3;
  else
    insert into figure_changes (measure, subject, at, amount, count)
    select 'lost_dispute', currency, quarter_hour(opened_at), sum(amount), sum(count)
    from (select currency, opened_at, status, amount, 1 as count from after
      union all select currency, opened_at, status, -amount, -1 from before) as both_rows
    where status = 'lost' group by 2, 3 having sum(amount) <> 0 or sum(count) <> 0;
  end if;
  return null;
end
$$;
create trigger disputes_figures_new after insert on disputes
  referencing new table as after for each statement execute function note_lost_disputes();
create trigger disputes_figures_changed after update on disputes
  referencing old table as before new table as after for each statement execute function note_lost_disputes();

-- The rows of these two are deleted after a while; their sums stay.
create function note_checkouts() returns trigger language plpgsql as $$
begin
  insert into figure_changes (measure, subject, at, amount, count)
  select 'checkout', '', quarter_hour(began_at), 0, count(*) from after group by 3;
  return null;
end
$$;
create trigger checkouts_figures after insert on checkouts
  referencing new table as after for each statement execute function note_checkouts();

-- In all, and by product; programs that say what they are do not count.
create function note_clicks() returns trigger language plpgsql as $$
begin
  insert into figure_changes (measure, subject, at, amount, count)
  select case when grouping(product_id) = 1 then 'click' else 'product_click' end, coalesce(product_id, ''), at, 0, count(*)
  from (select product_id, quarter_hour(clicked_at) as at from after where not is_bot) as clicks
  group by grouping sets ((at), (at, product_id));
  return null;
end
$$;
create trigger affiliate_clicks_figures after insert on affiliate_clicks
  referencing new table as after for each statement execute function note_clicks();

insert into figure_changes (measure, subject, at, amount, count)
select 'sale', currency, quarter_hour(paid_at), sum(amount_total), count(*) from orders where paid_at is not null group by 2, 3
union all
select 'refund', currency, quarter_hour(refunded_at), sum(amount), count(*) from refunds where status not in ('failed', 'canceled') group by 2, 3
union all
select 'lost_dispute', currency, quarter_hour(opened_at), sum(amount), count(*) from disputes where status = 'lost' group by 2, 3
union all
select 'checkout', '', quarter_hour(began_at), 0, count(*) from checkouts group by 3
union all
select case when grouping(product_id) = 1 then 'click' else 'product_click' end, coalesce(product_id, ''), at, 0, count(*)
from (select product_id, quarter_hour(clicked_at) as at from affiliate_clicks where not is_bot) as clicks
group by grouping sets ((at), (at, product_id));
