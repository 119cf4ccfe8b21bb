-- Orders: Stripe's facts as syncOrder last observed them, our own decisions beside them, and who may download what.
create table orders (
  id                       text primary key check (id ~ '^ord_[A-Za-z0-9_]{4,60}$'),
  stripe_session_id        text not null unique,
  stripe_payment_intent_id text,
  livemode                 boolean not null,
  status                   text not null check (status in
    ('pending', 'paid', 'partially_refunded', 'refunded', 'disputed', 'failed', 'review')),
  stripe_email             text,
  currency                 text not null check (currency ~ '^[a-z]{3}$'),
  amount_subtotal          bigint not null check (amount_subtotal >= 0),
  amount_discount          bigint not null check (amount_discount >= 0),
  amount_tax               bigint not null check (amount_tax >= 0),
  amount_total             bigint not null check (amount_total >= 0),
  amount_refunded          bigint not null default 0 check (amount_refunded between 0 and amount_total),
  review_reason            text,
  paid_at                  timestamptz,
  observed_at              timestamptz not null,
  -- Ours: set on insert, and never again by a sync.
  email                    text check (length(email) <= 254),
  claim_hash               text check (claim_hash ~ '^[0-9a-f]{64}$'),
  approved_at              timestamptz,
  access_epoch             int not null default 1 check (access_epoch >= 1),
  created_at               timestamptz not null default now(),
  check (status <> 'refunded' or (amount_total > 0 and amount_refunded = amount_total)),
  check (status not in ('paid', 'partially_refunded', 'refunded') or paid_at is not null),
  check ((status = 'review') <= (review_reason is not null))
);
-- A second unique key would be a second arbiter of "on conflict", which raises 23505 under concurrency: plain index.
create index orders_by_payment_intent on orders (stripe_payment_intent_id);
create index orders_by_email on orders (email, created_at desc, id desc);

create table order_items (
  id                  text primary key check (id ~ '^itm_[A-Za-z0-9_]{4,60}$'),
  order_id            text not null references orders (id),
  stripe_line_item_id text not null,
  product_id          text references products (id),
  title               text not null,
  quantity            int not null check (quantity >= 1),
  unit_amount         bigint not null check (unit_amount >= 0),
  amount_total        bigint not null check (amount_total >= 0),
  refunded_at         timestamptz,
  revoked_at          timestamptz,
  unique (order_id, stripe_line_item_id)
);

create table refunds (
  stripe_refund_id text primary key,
  order_id         text not null references orders (id),
  amount           bigint not null check (amount >= 0),
  currency         text not null check (currency ~ '^[a-z]{3}$'),
  status           text not null,
  reason           text,
  refunded_at      timestamptz not null
);
create index refunds_by_order on refunds (order_id);

create table disputes (
  stripe_dispute_id text primary key,
  order_id          text not null references orders (id),
  amount            bigint not null check (amount >= 0),
  currency          text not null check (currency ~ '^[a-z]{3}$'),
  status            text not null,
  reason            text,
  opened_at         timestamptz not null
);
create index disputes_by_order on disputes (order_id);

create table order_changes (
  id         bigint generated always as identity primary key,
  order_id   text not null references orders (id),
  actor      text not null check (length(actor) <= 254),
  change     jsonb not null,
  changed_at timestamptz not null default now()
);
create index order_changes_by_order on order_changes (order_id, id);

create table downloads (
  jti           text primary key,
  order_item_id text not null references order_items (id),
  file_id       text not null references product_files (id),
  redeemed_at   timestamptz not null default now()
);
create index downloads_by_item on downloads (order_item_id, redeemed_at);

create table checkouts (
  stripe_session_id text primary key,
  amount_total      bigint not null check (amount_total >= 0),
  currency          text not null check (currency ~ '^[a-z]{3}$'),
  slugs             text[] not null,
  began_at          timestamptz not null default now()
);
create index checkouts_by_time on checkouts (began_at);

create table access_codes (
  id         text primary key,
  order_id   text not null references orders (id),
  code_hash  text not null,
  tries      int not null default 0 check (tries >= 0),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index access_codes_by_order on access_codes (order_id, created_at);

create table rate_limits (
  key          text not null,
  window_start timestamptz not null,
  hits         int not null default 0 check (hits >= 0),
  primary key (key, window_start)
);

-- The only gate in front of a file. products.status has no say: what was sold stays downloadable.
create view entitlements as
select o.id as order_id, o.stripe_session_id, o.access_epoch,
       i.id as order_item_id, i.title,
       p.id as product_id, p.slug as product_slug,
       f.id as file_id, f.slot, f.version, f.filename, f.content_type, f.size_bytes, f.sha256, f.store, f.key,
       not exists (
         select 1 from product_files newer
         where newer.product_id = f.product_id and newer.slot = f.slot and newer.version > f.version and newer.retired_at is null
       ) as is_current
from orders o
join order_items i on i.order_id = o.id
join products p on p.id = i.product_id
join product_files f on f.product_id = p.id
where o.status in ('paid', 'partially_refunded')
  and i.refunded_at is null and i.revoked_at is null and f.retired_at is null;
