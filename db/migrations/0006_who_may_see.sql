-- Who may see an order: one code per order, counted visits, sessions that nobody knows, and the mail about links that are ready.

-- A new code takes the place of the last one, so no race leaves two that work, and the table grows with the orders only.
delete from access_codes;
drop index access_codes_by_order;
alter table access_codes
  add column redeemed_at timestamptz,
  add constraint access_codes_one_per_order unique (order_id),
  add constraint access_codes_ten_tries check (tries <= 10),
  add constraint access_codes_hash_form check (code_hash ~ '^[0-9a-f]{64}$');

-- For the purge of windows that are over.
create index rate_limits_by_age on rate_limits (window_start);

-- Session ids that Stripe does not know as ours, remembered for a minute.
create table unknown_sessions (
  stripe_session_id text primary key check (length(stripe_session_id) between 1 and 255),
  asked_at          timestamptz not null default now()
);
create index unknown_sessions_by_age on unknown_sessions (asked_at);

-- The key of the mail that says "your links are ready": one for each 24 hours since the payment.
create function links_ready_mail(order_id text, paid_at timestamptz) returns text language sql stable as $$
  select 'links_ready:' || order_id || ':' || greatest(0, floor(extract(epoch from now() - paid_at) / 86400))::int
$$;
