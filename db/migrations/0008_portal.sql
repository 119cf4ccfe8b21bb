-- The buyer's portal: links by mail and their sessions, corrected addresses, and what became of the mails that were sent.

-- A row's own column, so that of two corrections at once the second sees the first.
alter table orders
  add column email_corrected_at timestamptz,
  -- A person's address was taken out of the order; what Stripe still says does not bring it back.
  add column erased_at timestamptz;

-- The newest link of an address takes the place of the one before, so only one works and the table grows with the buyers only.
create table portal_links (
  email      text primary key check (length(email) between 3 and 254),
  id         text not null unique check (id ~ '^plk_[A-Za-z0-9_]{4,60}$'),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  opened_at  timestamptz
);

-- The secret itself is in the browser's cookie only.
create table portal_sessions (
  secret_hash text primary key check (secret_hash ~ '^[0-9a-f]{64}$'),
  email       text not null check (length(email) between 3 and 254),
  created_at  timestamptz not null default now(),
  expires_at  timestamptz not null
);
create index portal_sessions_by_email on portal_sessions (email);
create index portal_sessions_by_age on portal_sessions (expires_at);

-- What Resend says became of a mail, and when that was; a soft bounce is a mailbox that was full or away.
alter table emails
  add column delivery text check (delivery in ('delivered', 'soft_bounced', 'bounced', 'complained')),
  add column delivery_at timestamptz,
  add constraint emails_delivery_dated check ((delivery is null) = (delivery_at is null));
create index emails_by_resend_id on emails (resend_id) where resend_id is not null;
create index emails_by_address on emails (to_address) where to_address is not null;

-- Whether mails reach an address, as the newest event about any of them says; the id stands for the address where that must not be named.
create table mail_addresses (
  address     text primary key check (length(address) between 1 and 254),
  id          bigint generated always as identity unique,
  state       text not null check (state in ('reached', 'bounced', 'complained')),
  observed_at timestamptz not null
);
