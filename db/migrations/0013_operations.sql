-- Operations: builds that a change of the catalogue asks for, the age at which things are cleared away, notices that travel together,
-- and the days on which money moved, for the books.

-- One row: how far the pages are behind the catalogue. Changes are counted; `sent` and `built` say how many of them a build was asked
-- for with, and how many are in the pages that a build has made.
create table site_build (
  id            boolean primary key default true check (id),
  asked         bigint not null default 0,
  asked_at      timestamptz,
  waiting_since timestamptz,
  sent          bigint not null default 0,
  sent_at       timestamptz,
  built         bigint not null default 0,
  built_at      timestamptz,
  failures      int not null default 0 check (failures >= 0),
  failing_since timestamptz,
  last_error    text,
  check (sent <= asked and built <= asked),
  check ((failures = 0) = (failing_since is null))
);
insert into site_build default values;

-- Counts a change and sees to it that a build will be asked for: a minute after the first of several changes, and five minutes after the
-- build before at the earliest. The job's fixed id is what makes one of many.
create function ask_for_build() returns void language plpgsql as $$
declare
  build site_build;
begin
  update site_build set asked = asked + 1, asked_at = now(), waiting_since = coalesce(waiting_since, now()) returning * into build;
  insert into jobs (id, kind, due_at)
  values ('build_site', 'build_site', greatest(now() + interval '1 minute', build.sent_at + interval '5 minutes'))
  on conflict (id) do update set state = 'open', attempts = 0, deferrals = 0, lease_until = '-infinity', finished_at = null,
    due_at = excluded.due_at
    where jobs.state <> 'open' or (jobs.due_at > excluded.due_at and build.failures = 0);
end
$$;

-- What a page shows of a product. Drafts are on no page; retired products keep one.
create function ask_for_build_of_products() returns trigger language plpgsql as $$
declare
  shows boolean;
begin
  if tg_op = 'INSERT' then
    shows := exists (select 1 from new_rows where status <> 'draft');
  elsif tg_op = 'DELETE' then
    shows := exists (select 1 from old_rows where status <> 'draft');
  else
    shows := exists (
      select 1 from old_rows o join new_rows n using (id)
      where (o.status <> 'draft' or n.status <> 'draft')
        and (o.slug, o.type, o.status, o.title, o.summary, o.description, o.unit_amount, o.currency, o.affiliate_url, o.images, o.badges,
             o.position, o.category, o.tags, o.licence, o.samples, o.published_at)
          is distinct from
            (n.slug, n.type, n.status, n.title, n.summary, n.description, n.unit_amount, n.currency, n.affiliate_url, n.images, n.badges,
             n.position, n.category, n.tags, n.licence, n.samples, n.published_at));
  end if;
  if shows then
    perform ask_for_build();
  end if;
  return null;
end
$$;
create trigger products_inserted after insert on products referencing new table as new_rows
  for each statement execute function ask_for_build_of_products();
create trigger products_updated after update on products referencing old table as old_rows new table as new_rows
  for each statement execute function ask_for_build_of_products();
create trigger products_deleted after delete on products referencing old table as old_rows
  for each statement execute function ask_for_build_of_products();

create function ask_for_build_of_files() returns trigger language plpgsql as $$
begin
  if exists (select 1 from changed_rows f join products p on p.id = f.product_id where p.status <> 'draft') then
    perform ask_for_build();
  end if;
  return null;
end
$$;
create trigger product_files_inserted after insert on product_files referencing new table as changed_rows
  for each statement execute function ask_for_build_of_files();
create trigger product_files_updated after update on product_files referencing new table as changed_rows
  for each statement execute function ask_for_build_of_files();
create trigger product_files_deleted after delete on product_files referencing old table as changed_rows
  for each statement execute function ask_for_build_of_files();

-- Notices of one kind that come within minutes travel in one mail. `gathered_at` is when the mail that carries them fixed which those
-- are, so that its bytes never change; `told_in` is that mail, for each of the others.
alter table emails
  add column gathered_at timestamptz,
  add column told_in text references emails (id),
  add constraint emails_told_once check (told_in is null or (told_in <> id and sent_at is null and first_attempt_at is null and gathered_at is null));
create index emails_told_in on emails (told_in) where told_in is not null;
create index emails_seller_waiting on emails (kind)
  where kind like 'seller\_%' and sent_at is null and voided_at is null and told_in is null;
create index emails_seller_sent on emails (kind, first_attempt_at) where kind like 'seller\_%' and first_attempt_at is not null;

-- What is cleared away by its age, found by its age.
create index affiliate_clicks_by_time on affiliate_clicks (clicked_at);
create index access_codes_by_age on access_codes (created_at);
create index emails_with_body on emails (created_at) where html is not null or body_text is not null;

-- When the money of a dispute left and came back, as Stripe's own books say, and when a refund turned out to have failed.
alter table disputes add column withdrawn_at timestamptz, add column reinstated_at timestamptz;
update disputes set withdrawn_at = opened_at where status not like 'warning\_%' and status <> 'prevented';
update disputes set reinstated_at = opened_at where status = 'won';
alter table refunds add column failed_at timestamptz;
update refunds set failed_at = refunded_at where status in ('failed', 'canceled');
create index refunds_by_time on refunds (refunded_at);
