-- The catalogue: what is for sale, the files that buyers get, and the clicks that lead to Amazon.
create table products (
  id            text primary key check (id ~ '^prd_[A-Za-z0-9_]{4,60}$'),
  slug          text not null unique check (slug ~ '^[a-z0-9-]{1,80}$'),
  type          text not null check (type in ('direct', 'affiliate')),
  status        text not null default 'draft' check (status in ('draft', 'published', 'retired')),
  title         text not null check (length(title) between 1 and 200),
  summary       text not null default '' check (length(summary) <= 300),
  description   text not null default '',
  unit_amount   bigint check (unit_amount between 0 and 99999999),
  currency      text check (currency ~ '^[a-z]{3}$'),
  affiliate_url text check (affiliate_url ~ '^https://'),
  images        jsonb not null default '[]' check (jsonb_typeof(images) = 'array'),
  badges        text[] not null default '{}',
  position      int not null default 0,
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now(),
  -- Amazon's rules forbid showing a price that Amazon did not serve, so an affiliate product has nowhere to keep one.
  check (case type
    when 'direct' then unit_amount is not null and currency is not null and affiliate_url is null
    else unit_amount is null and currency is null and affiliate_url is not null end)
);
create index products_shelf on products (position, slug) where status = 'published';

create table product_files (
  id           text primary key check (id ~ '^fil_[A-Za-z0-9_]{4,60}$'),
  product_id   text not null references products (id),
  slot         text not null default 'main' check (slot ~ '^[a-z0-9-]{1,40}$'),
  version      int not null default 1 check (version >= 1),
  filename     text not null check (length(filename) between 1 and 200 and filename !~ '[/\\[:cntrl:]]'),
  content_type text not null check (content_type ~ '^[a-z0-9.+-]+/[a-z0-9.+-]+$'),
  size_bytes   bigint not null check (size_bytes > 0),
  sha256       text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  store        text not null default 'blobs' check (store in ('blobs', 's3')),
  key          text not null check (key ~ '^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$' and key !~ '(^|/)[.]+(/|$)'),
  created_at   timestamptz not null default now(),
  retired_at   timestamptz,
  unique (product_id, slot, version)
);

create table affiliate_clicks (
  id         bigint generated always as identity primary key,
  product_id text not null references products (id),
  referrer   text check (length(referrer) <= 512),
  user_agent text check (length(user_agent) <= 512),
  is_bot     boolean not null,
  clicked_at timestamptz not null default now()
);
create index affiliate_clicks_by_product on affiliate_clicks (product_id, clicked_at);
