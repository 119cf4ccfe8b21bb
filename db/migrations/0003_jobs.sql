-- The queue, which is also the inbox: a job's primary key is what makes an event, or a mail, happen once.
create table jobs (
  id           text primary key,
  seq          bigint generated always as identity,
  kind         text not null,
  payload      jsonb not null default '{}',
  state        text not null default 'open' check (state in ('open', 'done', 'dead')),
  due_at       timestamptz not null default now(),
  lease_until  timestamptz not null default '-infinity',
  fence        int not null default 0,
  attempts     smallint not null default 0,
  deferrals    smallint not null default 0,
  max_attempts smallint not null default 10,
  last_error   text,
  created_at   timestamptz not null default now(),
  finished_at  timestamptz,
  check ((state = 'open') = (finished_at is null))
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
-- A claim changes no indexed column; with half of each page left free, every claim is a heap-only update, and that was measured.
create index job_due on jobs (due_at, seq) where state = 'open';
create index job_dead on jobs (finished_at) where state = 'dead';

-- At most two workers run at once; only the holder of slot 1 sends mail.
create table worker_slots (
  slot        int primary key check (slot in (1, 2)),
  holder      text,
  lease_until timestamptz not null default '-infinity'
);
insert into worker_slots (slot) values (1), (2);

-- A mail is a row first: rendered once, stored, then sent as the same bytes under its id as idempotency key.
create table emails (
  id               text primary key check (length(id) between 1 and 256),
  kind             text not null,
  order_id         text references orders (id),
  to_address       text,
  subject          text,
  html             text,
  body_text        text,
  rendered_at      timestamptz,
  first_attempt_at timestamptz,
  sent_at          timestamptz,
  resend_id        text,
  last_error       text,
  created_at       timestamptz not null default now(),
  check (rendered_at is null or (to_address is not null and subject is not null)),
  check (sent_at is null or (rendered_at is not null and first_attempt_at is not null))
);
create index emails_by_order on emails (order_id);
