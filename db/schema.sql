-- What the migrations add up to: written by `npm run schema` from the catalogs of a migrated database, never by hand.

create table access_codes (
  id text not null,
  order_id text not null,
  code_hash text not null,
  tries integer default 0 not null,
  created_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  redeemed_at timestamp with time zone,
  constraint access_codes_one_per_order UNIQUE (order_id),
  constraint access_codes_pkey PRIMARY KEY (id),
  constraint access_codes_hash_form CHECK (code_hash ~ '^[0-9a-f]{64}$'::text),
  constraint access_codes_ten_tries CHECK (tries <= 10),
  constraint access_codes_tries_check CHECK (tries >= 0)
);

create table affiliate_clicks (
  id bigint generated always as identity not null,
  product_id text not null,
  referrer text,
  user_agent text,
  is_bot boolean not null,
  clicked_at timestamp with time zone default now() not null,
  constraint affiliate_clicks_pkey PRIMARY KEY (id),
  constraint affiliate_clicks_referrer_check CHECK (length(referrer) <= 512),
  constraint affiliate_clicks_user_agent_check CHECK (length(user_agent) <= 512)
);

create table checkouts (
  stripe_session_id text not null,
  amount_total bigint not null,
  currency text not null,
  slugs text[] not null,
  began_at timestamp with time zone default now() not null,
  constraint checkouts_pkey PRIMARY KEY (stripe_session_id),
  constraint checkouts_amount_total_check CHECK (amount_total >= 0),
  constraint checkouts_currency_check CHECK (currency ~ '^[a-z]{3}$'::text)
);

create table day_figures (
  measure text not null,
  day date not null,
  subject text not null,
  amount bigint not null,
  count bigint not null,
  constraint day_figures_pkey PRIMARY KEY (measure, day, subject),
  constraint day_figures_measure_check CHECK (measure = ANY (ARRAY['sale'::text, 'refund'::text, 'lost_dispute'::text, 'checkout'::text, 'click'::text, 'product_click'::text]))
);

create table disputes (
  stripe_dispute_id text not null,
  order_id text not null,
  amount bigint not null,
  currency text not null,
  status text not null,
  reason text,
  opened_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  reinstated_at timestamp with time zone,
  constraint disputes_pkey PRIMARY KEY (stripe_dispute_id),
  constraint disputes_amount_check CHECK (amount >= 0),
  constraint disputes_currency_check CHECK (currency ~ '^[a-z]{3}$'::text)
);

create table downloads (
  jti text not null,
  order_item_id text not null,
  file_id text not null,
  redeemed_at timestamp with time zone default now() not null,
  constraint downloads_pkey PRIMARY KEY (jti)
);

create table emails (
  id text not null,
  kind text not null,
  order_id text,
  to_address text,
  subject text,
  html text,
  body_text text,
  rendered_at timestamp with time zone,
  first_attempt_at timestamp with time zone,
  sent_at timestamp with time zone,
  resend_id text,
  last_error text,
  created_at timestamp with time zone default now() not null,
  payload jsonb default '{}'::jsonb not null,
  voided_at timestamp with time zone,
  delivery text,
  delivery_at timestamp with time zone,
  gathered_at timestamp with time zone,
  told_in text,
  constraint emails_pkey PRIMARY KEY (id),
  constraint emails_check CHECK (rendered_at IS NULL OR to_address IS NOT NULL AND subject IS NOT NULL),
  constraint emails_check1 CHECK (sent_at IS NULL OR rendered_at IS NOT NULL AND first_attempt_at IS NOT NULL),
  constraint emails_delivery_check CHECK (delivery = ANY (ARRAY['delivered'::text, 'soft_bounced'::text, 'bounced'::text, 'complained'::text])),
  constraint emails_delivery_dated CHECK ((delivery IS NULL) = (delivery_at IS NULL)),
  constraint emails_id_check CHECK (length(id) >= 1 AND length(id) <= 256),
  constraint emails_told_once CHECK (told_in IS NULL OR told_in <> id AND sent_at IS NULL AND first_attempt_at IS NULL AND gathered_at IS NULL),
  constraint emails_voided_unsent CHECK (voided_at IS NULL OR sent_at IS NULL)
);

create table figure_changes (
  id bigint generated always as identity not null,
  measure text not null,
  subject text not null,
  at timestamp with time zone not null,
  amount bigint not null,
  count bigint not null,
  constraint figure_changes_pkey PRIMARY KEY (id)
);

create table jobs (
  id text not null,
  seq bigint generated always as identity not null,
  kind text not null,
  payload jsonb default '{}'::jsonb not null,
  state text default 'open'::text not null,
  due_at timestamp with time zone default now() not null,
  lease_until timestamp with time zone default '-infinity'::timestamp with time zone not null,
  fence integer default 0 not null,
  attempts smallint default 0 not null,
  deferrals smallint default 0 not null,
  max_attempts smallint default 10 not null,
  last_error text,
  created_at timestamp with time zone default now() not null,
  finished_at timestamp with time zone,
  constraint jobs_pkey PRIMARY KEY (id),
  constraint jobs_check CHECK ((state = 'open'::text) = (finished_at IS NULL)),
  constraint jobs_state_check CHECK (state = ANY (ARRAY['open'::text, 'done'::text, 'dead'::text]))
) with (fillfactor=50, autovacuum_vacuum_scale_factor=0.02);

create table mail_addresses (
  address text not null,
  id bigint generated always as identity not null,
  state text not null,
  observed_at timestamp with time zone not null,
  constraint mail_addresses_id_key UNIQUE (id),
  constraint mail_addresses_pkey PRIMARY KEY (address),
  constraint mail_addresses_address_check CHECK (length(address) >= 1 AND length(address) <= 254),
  constraint mail_addresses_state_check CHECK (state = ANY (ARRAY['reached'::text, 'bounced'::text, 'complained'::text]))
);

create table migrations (
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone default clock_timestamp() not null,
  constraint migrations_pkey PRIMARY KEY (name)
);

create table order_changes (
  id bigint generated always as identity not null,
  order_id text not null,
  actor text not null,
  change jsonb not null,
  changed_at timestamp with time zone default now() not null,
  constraint order_changes_pkey PRIMARY KEY (id),
  constraint order_changes_actor_check CHECK (length(actor) <= 254)
);

create table order_items (
  id text not null,
  order_id text not null,
  stripe_line_item_id text not null,
  product_id text,
  title text not null,
  quantity integer not null,
  unit_amount bigint not null,
  amount_total bigint not null,
  refunded_at timestamp with time zone,
  revoked_at timestamp with time zone,
  amount_discount bigint default 0 not null,
  amount_tax bigint default 0 not null,
  constraint order_items_order_id_stripe_line_item_id_key UNIQUE (order_id, stripe_line_item_id),
  constraint order_items_pkey PRIMARY KEY (id),
  constraint order_items_amount_discount_check CHECK (amount_discount >= 0),
  constraint order_items_amount_tax_check CHECK (amount_tax >= 0),
  constraint order_items_amount_total_check CHECK (amount_total >= 0),
  constraint order_items_id_check CHECK (id ~ '^itm_[A-Za-z0-9_]{4,60}$'::text),
  constraint order_items_quantity_check CHECK (quantity >= 1),
  constraint order_items_unit_amount_check CHECK (unit_amount >= 0)
);

create table order_transitions (
  from_status text not null,
  to_status text not null,
  constraint order_transitions_pkey PRIMARY KEY (from_status, to_status)
);

create table orders (
  id text not null,
  stripe_session_id text not null,
  stripe_payment_intent_id text,
  livemode boolean not null,
  status text not null,
  stripe_email text,
  currency text not null,
  amount_subtotal bigint not null,
  amount_discount bigint not null,
  amount_tax bigint not null,
  amount_total bigint not null,
  amount_refunded bigint default 0 not null,
  review_reason text,
  paid_at timestamp with time zone,
  observed_at timestamp with time zone not null,
  email text,
  claim_hash text,
  approved_at timestamp with time zone,
  access_epoch integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  rejected_at timestamp with time zone,
  email_corrected_at timestamp with time zone,
  erased_at timestamp with time zone,
  refunds_asked integer default 0 not null,
  constraint orders_stripe_session_id_key UNIQUE (stripe_session_id),
  constraint orders_pkey PRIMARY KEY (id),
  constraint orders_access_epoch_check CHECK (access_epoch >= 1),
  constraint orders_amount_discount_check CHECK (amount_discount >= 0),
  constraint orders_amount_subtotal_check CHECK (amount_subtotal >= 0),
  constraint orders_amount_tax_check CHECK (amount_tax >= 0),
  constraint orders_amount_total_check CHECK (amount_total >= 0),
  constraint orders_check CHECK (amount_refunded >= 0 AND amount_refunded <= amount_total),
  constraint orders_check1 CHECK (status <> 'refunded'::text OR amount_total > 0 AND amount_refunded = amount_total),
  constraint orders_check2 CHECK ((status <> ALL (ARRAY['paid'::text, 'partially_refunded'::text, 'refunded'::text])) OR paid_at IS NOT NULL),
  constraint orders_check3 CHECK ((status = 'review'::text) <= (review_reason IS NOT NULL)),
  constraint orders_claim_hash_check CHECK (claim_hash ~ '^[0-9a-f]{64}$'::text),
  constraint orders_currency_check CHECK (currency ~ '^[a-z]{3}$'::text),
  constraint orders_decided_once CHECK (approved_at IS NULL OR rejected_at IS NULL),
  constraint orders_email_check CHECK (length(email) <= 254),
  constraint orders_id_check CHECK (id ~ '^ord_[A-Za-z0-9_]{4,60}$'::text),
  constraint orders_status_check CHECK (status = ANY (ARRAY['pending'::text, 'paid'::text, 'partially_refunded'::text, 'refunded'::text, 'disputed'::text, 'failed'::text, 'review'::text]))
);

create table portal_links (
  email text not null,
  id text not null,
  created_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  opened_at timestamp with time zone,
  constraint portal_links_id_key UNIQUE (id),
  constraint portal_links_pkey PRIMARY KEY (email),
  constraint portal_links_email_check CHECK (length(email) >= 3 AND length(email) <= 254),
  constraint portal_links_id_check CHECK (id ~ '^plk_[A-Za-z0-9_]{4,60}$'::text)
);

create table portal_sessions (
  secret_hash text not null,
  email text not null,
  created_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  constraint portal_sessions_pkey PRIMARY KEY (secret_hash),
  constraint portal_sessions_email_check CHECK (length(email) >= 3 AND length(email) <= 254),
  constraint portal_sessions_secret_hash_check CHECK (secret_hash ~ '^[0-9a-f]{64}$'::text)
);

create table product_changes (
  id bigint generated always as identity not null,
  product_id text not null,
  version integer not null,
  actor text not null,
  change jsonb not null,
  changed_at timestamp with time zone default now() not null,
  constraint product_changes_pkey PRIMARY KEY (id),
  constraint product_changes_actor_check CHECK (length(actor) >= 1 AND length(actor) <= 254),
  constraint product_changes_change_check CHECK (jsonb_typeof(change) = 'object'::text),
  constraint product_changes_version_check CHECK (version >= 1)
);

create table product_files (
  id text not null,
  product_id text not null,
  slot text default 'main'::text not null,
  version integer default 1 not null,
  filename text not null,
  content_type text not null,
  size_bytes bigint not null,
  sha256 text not null,
  store text default 'blobs'::text not null,
  key text not null,
  created_at timestamp with time zone default now() not null,
  retired_at timestamp with time zone,
  changelog text default ''::text not null,
  constraint product_files_product_id_slot_version_key UNIQUE (product_id, slot, version),
  constraint product_files_pkey PRIMARY KEY (id),
  constraint product_files_changelog_check CHECK (length(changelog) <= 500 AND changelog !~ '[[:cntrl:]]'::text),
  constraint product_files_content_type_check CHECK (content_type ~ '^[a-z0-9.+-]+/[a-z0-9.+-]+$'::text),
  constraint product_files_filename_check CHECK (length(filename) >= 1 AND length(filename) <= 200 AND filename !~ '[/\\[:cntrl:]]'::text),
  constraint product_files_id_check CHECK (id ~ '^fil_[A-Za-z0-9_]{4,60}$'::text),
  constraint product_files_key_check CHECK (key ~ '^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$'::text AND key !~ '(^|/)[.]+(/|$)'::text),
  constraint product_files_sha256_check CHECK (sha256 ~ '^[0-9a-f]{64}$'::text),
  constraint product_files_size_bytes_check CHECK (size_bytes > 0),
  constraint product_files_slot_check CHECK (slot ~ '^[a-z0-9-]{1,40}$'::text),
  constraint product_files_store_check CHECK (store = ANY (ARRAY['blobs'::text, 's3'::text])),
  constraint product_files_version_check CHECK (version >= 1)
);

create table products (
  id text not null,
  slug text not null,
  type text not null,
  status text default 'draft'::text not null,
  title text not null,
  summary text default ''::text not null,
  description text default ''::text not null,
  unit_amount bigint,
  currency text,
  affiliate_url text,
  images jsonb default '[]'::jsonb not null,
  badges text[] default '{}'::text[] not null,
  "position" integer default 0 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  category text,
  tags text[] default '{}'::text[] not null,
  licence text default ''::text not null,
  samples jsonb default '[]'::jsonb not null,
  published_at timestamp with time zone,
  version integer default 1 not null,
  constraint products_slug_key UNIQUE (slug),
  constraint products_pkey PRIMARY KEY (id),
  constraint products_affiliate_url_check CHECK (affiliate_url ~ '^https://'::text),
  constraint products_category_check CHECK (category ~ '^[a-z0-9-]{1,60}$'::text),
  constraint products_check CHECK (
CASE type
    WHEN 'direct'::text THEN unit_amount IS NOT NULL AND currency IS NOT NULL AND affiliate_url IS NULL
    ELSE unit_amount IS NULL AND currency IS NULL AND affiliate_url IS NOT NULL
END),
  constraint products_currency_check CHECK (currency ~ '^[a-z]{3}$'::text),
  constraint products_id_check CHECK (id ~ '^prd_[A-Za-z0-9_]{4,60}$'::text),
  constraint products_images_check CHECK (jsonb_typeof(images) = 'array'::text),
  constraint products_licence_check CHECK (length(licence) <= 20000),
  constraint products_samples_check CHECK (jsonb_typeof(samples) = 'array'::text),
  constraint products_slug_check CHECK (slug ~ '^[a-z0-9-]{1,80}$'::text),
  constraint products_status_check CHECK (status = ANY (ARRAY['draft'::text, 'published'::text, 'retired'::text])),
  constraint products_summary_check CHECK (length(summary) <= 300),
  constraint products_tags_check CHECK (cardinality(tags) <= 20 AND array_position(tags, NULL::text) IS NULL AND array_to_string(tags, ','::text) ~ '^([a-z0-9-]{1,60}(,[a-z0-9-]{1,60})*)?$'::text),
  constraint products_title_check CHECK (length(title) >= 1 AND length(title) <= 200),
  constraint products_type_check CHECK (type = ANY (ARRAY['direct'::text, 'affiliate'::text])),
  constraint products_unit_amount_check CHECK (unit_amount >= 0 AND unit_amount <= 99999999),
  constraint products_version_check CHECK (version >= 1)
);

create table rate_limits (
  key text not null,
  window_start timestamp with time zone not null,
  hits integer default 0 not null,
  constraint rate_limits_pkey PRIMARY KEY (key, window_start),
  constraint rate_limits_hits_check CHECK (hits >= 0)
);

create table refund_requests (
  id text not null,
  order_id text not null,
  amount bigint not null,
  currency text not null,
  order_item_ids text[] default '{}'::text[] not null,
  actor text not null,
  state text default 'open'::text not null,
  stripe_refund_id text,
  reason text,
  requested_at timestamp with time zone default now() not null,
  finished_at timestamp with time zone,
  constraint refund_requests_pkey PRIMARY KEY (id),
  constraint refund_requests_actor_check CHECK (length(actor) <= 254),
  constraint refund_requests_amount_check CHECK (amount > 0),
  constraint refund_requests_check CHECK ((state = 'open'::text) = (finished_at IS NULL)),
  constraint refund_requests_check1 CHECK ((state = 'made'::text) = (stripe_refund_id IS NOT NULL)),
  constraint refund_requests_currency_check CHECK (currency ~ '^[a-z]{3}$'::text),
  constraint refund_requests_id_check CHECK (id ~ '^rfq_[A-Za-z0-9_]{4,60}$'::text),
  constraint refund_requests_state_check CHECK (state = ANY (ARRAY['open'::text, 'made'::text, 'refused'::text]))
);

create table refunds (
  stripe_refund_id text not null,
  order_id text not null,
  amount bigint not null,
  currency text not null,
  status text not null,
  reason text,
  refunded_at timestamp with time zone not null,
  failed_at timestamp with time zone,
  constraint refunds_pkey PRIMARY KEY (stripe_refund_id),
  constraint refunds_amount_check CHECK (amount >= 0),
  constraint refunds_currency_check CHECK (currency ~ '^[a-z]{3}$'::text)
);

create table site_build (
  id boolean default true not null,
  asked bigint default 0 not null,
  asked_at timestamp with time zone,
  waiting_since timestamp with time zone,
  sent bigint default 0 not null,
  sent_at timestamp with time zone,
  built bigint default 0 not null,
  built_at timestamp with time zone,
  failures integer default 0 not null,
  failing_since timestamp with time zone,
  last_error text,
  constraint site_build_pkey PRIMARY KEY (id),
  constraint site_build_check CHECK (sent <= asked AND built <= asked),
  constraint site_build_check1 CHECK ((failures = 0) = (failing_since IS NULL)),
  constraint site_build_failures_check CHECK (failures >= 0),
  constraint site_build_id_check CHECK (id)
);

create table slug_changes (
  old_slug text not null,
  product_id text not null,
  changed_at timestamp with time zone default now() not null,
  constraint slug_changes_pkey PRIMARY KEY (old_slug),
  constraint slug_changes_old_slug_check CHECK (old_slug ~ '^[a-z0-9-]{1,80}$'::text)
);

create table unknown_sessions (
  stripe_session_id text not null,
  asked_at timestamp with time zone default now() not null,
  constraint unknown_sessions_pkey PRIMARY KEY (stripe_session_id),
  constraint unknown_sessions_stripe_session_id_check CHECK (length(stripe_session_id) >= 1 AND length(stripe_session_id) <= 255)
);

create table worker_slots (
  slot integer not null,
  holder text,
  lease_until timestamp with time zone default '-infinity'::timestamp with time zone not null,
  constraint worker_slots_pkey PRIMARY KEY (slot),
  constraint worker_slots_slot_check CHECK (slot = ANY (ARRAY[1, 2]))
);

alter table access_codes add constraint access_codes_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id);
alter table affiliate_clicks add constraint affiliate_clicks_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id);
alter table disputes add constraint disputes_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id);
alter table downloads add constraint downloads_file_id_fkey FOREIGN KEY (file_id) REFERENCES product_files(id);
alter table downloads add constraint downloads_order_item_id_fkey FOREIGN KEY (order_item_id) REFERENCES order_items(id);
alter table emails add constraint emails_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id);
alter table emails add constraint emails_told_in_fkey FOREIGN KEY (told_in) REFERENCES emails(id);
alter table order_changes add constraint order_changes_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id);
alter table order_items add constraint order_items_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id);
alter table order_items add constraint order_items_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id);
alter table product_changes add constraint product_changes_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE CASCADE;
alter table product_files add constraint product_files_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id);
alter table refund_requests add constraint refund_requests_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id);
alter table refunds add constraint refunds_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id);
alter table slug_changes add constraint slug_changes_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE CASCADE;

CREATE INDEX access_codes_by_age ON access_codes USING btree (created_at);
CREATE INDEX affiliate_clicks_by_product ON affiliate_clicks USING btree (product_id, clicked_at);
CREATE INDEX affiliate_clicks_by_time ON affiliate_clicks USING btree (clicked_at);
CREATE INDEX checkouts_by_time ON checkouts USING btree (began_at);
CREATE INDEX disputes_by_order ON disputes USING btree (order_id);
CREATE INDEX downloads_by_item ON downloads USING btree (order_item_id, redeemed_at);
CREATE INDEX emails_by_address ON emails USING btree (to_address) WHERE to_address IS NOT NULL;
CREATE INDEX emails_by_order ON emails USING btree (order_id);
CREATE INDEX emails_by_resend_id ON emails USING btree (resend_id) WHERE resend_id IS NOT NULL;
CREATE INDEX emails_seller_sent ON emails USING btree (kind, first_attempt_at) WHERE kind ~~ 'seller\_%'::text AND first_attempt_at IS NOT NULL;
CREATE INDEX emails_seller_waiting ON emails USING btree (kind) WHERE kind ~~ 'seller\_%'::text AND sent_at IS NULL AND voided_at IS NULL AND told_in IS NULL;
CREATE INDEX emails_told_in ON emails USING btree (told_in) WHERE told_in IS NOT NULL;
CREATE INDEX emails_unsent ON emails USING btree (created_at) WHERE sent_at IS NULL AND voided_at IS NULL;
CREATE INDEX emails_with_body ON emails USING btree (created_at) WHERE html IS NOT NULL OR body_text IS NOT NULL;
CREATE INDEX job_dead ON jobs USING btree (finished_at) WHERE state = 'dead'::text;
CREATE INDEX job_done ON jobs USING btree (finished_at) WHERE state = 'done'::text;
CREATE INDEX job_due ON jobs USING btree (due_at, seq) WHERE state = 'open'::text;
CREATE INDEX jobs_by_sale ON jobs USING btree (COALESCE(payload ->> 'stripe_session_id'::text, payload ->> 'stripe_payment_intent_id'::text)) WHERE kind = 'sync_order'::text;
CREATE INDEX order_changes_by_order ON order_changes USING btree (order_id, id);
CREATE INDEX orders_by_address ON orders USING btree (email text_pattern_ops);
CREATE INDEX orders_by_email ON orders USING btree (email, created_at DESC, id DESC);
CREATE INDEX orders_by_paying_address ON orders USING btree (lower(stripe_email) text_pattern_ops) WHERE lower(stripe_email) IS DISTINCT FROM email;
CREATE INDEX orders_by_payment_intent ON orders USING btree (stripe_payment_intent_id);
CREATE INDEX orders_by_status ON orders USING btree (status, created_at DESC, id DESC);
CREATE INDEX orders_by_time ON orders USING btree (created_at DESC, id DESC);
CREATE INDEX portal_sessions_by_age ON portal_sessions USING btree (expires_at);
CREATE INDEX portal_sessions_by_email ON portal_sessions USING btree (email);
CREATE INDEX product_changes_by_product ON product_changes USING btree (product_id, id);
CREATE INDEX products_shelf ON products USING btree ("position", slug) WHERE status = 'published'::text;
CREATE INDEX rate_limits_by_age ON rate_limits USING btree (window_start);
CREATE INDEX refund_requests_by_order ON refund_requests USING btree (order_id);
CREATE INDEX refunds_by_order ON refunds USING btree (order_id);
CREATE INDEX refunds_by_time ON refunds USING btree (refunded_at);
CREATE INDEX slug_changes_by_product ON slug_changes USING btree (product_id);
CREATE INDEX unknown_sessions_by_age ON unknown_sessions USING btree (asked_at);

create view entitlements as
 SELECT o.id AS order_id,
    o.stripe_session_id,
    o.access_epoch,
    i.id AS order_item_id,
    i.title,
    p.id AS product_id,
    p.slug AS product_slug,
    f.id AS file_id,
    f.slot,
    f.version,
    f.filename,
    f.content_type,
    f.size_bytes,
    f.sha256,
    f.store,
    f.key,
    NOT (EXISTS ( SELECT 1
           FROM product_files newer
          WHERE newer.product_id = f.product_id AND newer.slot = f.slot AND newer.version > f.version AND newer.retired_at IS NULL)) AS is_current,
    f.changelog
   FROM orders o
     JOIN order_items i ON i.order_id = o.id
     JOIN products p ON p.id = i.product_id
     JOIN product_files f ON f.product_id = p.id
  WHERE (o.status = ANY (ARRAY['paid'::text, 'partially_refunded'::text])) AND i.refunded_at IS NULL AND i.revoked_at IS NULL AND f.retired_at IS NULL;

CREATE OR REPLACE FUNCTION public.ask_for_build()
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.ask_for_build_of_files()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select 1 from changed_rows f join products p on p.id = f.product_id where p.status <> 'draft') then
    perform ask_for_build();
  end if;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.ask_for_build_of_products()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.entitled_files(with_earlier boolean)
 RETURNS SETOF entitlements
 LANGUAGE sql
 STABLE
AS $function$
  select * from entitlements where with_earlier or is_current
$function$;

CREATE OR REPLACE FUNCTION public.file_state(f product_files)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select case
    when f.retired_at is not null then 'withdrawn'
    when exists (
      select 1 from product_files newer
      where newer.product_id = f.product_id and newer.slot = f.slot and newer.version > f.version and newer.retired_at is null
    ) then 'earlier'
    else 'current' end
$function$;

CREATE OR REPLACE FUNCTION public.keep_old_slug()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select 1 from slug_changes where old_slug = new.slug and product_id <> new.id) then
    raise exception 'the slug % belongs to another product, which had it before', new.slug using errcode = 'unique_violation';
  end if;
  delete from slug_changes where old_slug = new.slug;
  if tg_op = 'UPDATE' and old.slug <> new.slug then
    insert into slug_changes (old_slug, product_id) values (old.slug, new.id);
  end if;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.links_ready_mail(order_id text, paid_at timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select 'links_ready:' || order_id || ':' || greatest(0, floor(extract(epoch from now() - paid_at) / 86400))::int
$function$;

CREATE OR REPLACE FUNCTION public.note_checkouts()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into figure_changes (measure, subject, at, amount, count)
  select 'checkout', '', quarter_hour(began_at), 0, count(*) from after group by 3;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.note_clicks()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into figure_changes (measure, subject, at, amount, count)
  select case when grouping(product_id) = 1 then 'click' else 'product_click' end, coalesce(product_id, ''), at, 0, count(*)
  from (select product_id, quarter_hour(clicked_at) as at from after where not is_bot) as clicks
  group by grouping sets ((at), (at, product_id));
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.note_first_publication()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.published_at := clock_timestamp();
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION public.note_lost_disputes()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.note_refunds()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.note_sales()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.quarter_hour(at timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select date_bin('15 minutes', at, timestamptz '2000-01-01 00:00:00+00')
$function$;

CREATE OR REPLACE FUNCTION public.raise_product_version()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.version := old.version + 1;
  new.updated_at := clock_timestamp();
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION public.refuse_illegal_transition()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.status = old.status then
    return new;
  end if;
  if exists (select 1 from order_transitions where from_status = old.status and to_status = new.status) then
    return new;
  end if;
  -- What was in review leaves it by the seller's approval, for whatever the payment is by then.
  if old.status = 'review' and new.approved_at is not null then
    return new;
  end if;
  raise exception 'order % cannot go from % to %', old.id, old.status, new.status using errcode = 'check_violation';
end
$function$;

CREATE OR REPLACE FUNCTION public.take_file_version(of_product text, of_slot text)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
begin
  update products set updated_at = clock_timestamp() where id = of_product;
  return (select coalesce(max(version), 0) + 1 from product_files where product_id = of_product and slot = of_slot);
end
$function$;

CREATE OR REPLACE FUNCTION public.tell_of_dead_job()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  notice text := left('seller_dead_job:' || new.id || ':' || new.fence, 250);
begin
  if new.kind = 'send_email' and new.payload ->> 'email_id' like 'seller\_%' then
    return null;
  end if;
  insert into emails (id, kind, payload) values (notice, 'seller_dead_job',
    jsonb_build_object('job_id', new.id, 'job_kind', new.kind, 'job_error', coalesce(new.last_error, '')))
  on conflict (id) do nothing;
  if found then
    insert into jobs (id, kind, payload) values ('mail:' || notice, 'send_email', jsonb_build_object('email_id', notice));
  end if;
  return null;
end
$function$;

CREATE TRIGGER affiliate_clicks_figures AFTER INSERT ON affiliate_clicks REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_clicks();
CREATE TRIGGER checkouts_figures AFTER INSERT ON checkouts REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_checkouts();
CREATE TRIGGER disputes_figures_changed AFTER UPDATE ON disputes REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_lost_disputes();
CREATE TRIGGER disputes_figures_new AFTER INSERT ON disputes REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_lost_disputes();
CREATE TRIGGER jobs_dead AFTER UPDATE OF state ON jobs FOR EACH ROW WHEN (new.state = 'dead'::text AND old.state <> 'dead'::text) EXECUTE FUNCTION tell_of_dead_job();
CREATE TRIGGER orders_figures_changed AFTER UPDATE ON orders REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_sales();
CREATE TRIGGER orders_figures_new AFTER INSERT ON orders REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_sales();
CREATE TRIGGER orders_transition BEFORE UPDATE OF status ON orders FOR EACH ROW EXECUTE FUNCTION refuse_illegal_transition();
CREATE TRIGGER product_files_deleted AFTER DELETE ON product_files REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION ask_for_build_of_files();
CREATE TRIGGER product_files_inserted AFTER INSERT ON product_files REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION ask_for_build_of_files();
CREATE TRIGGER product_files_updated AFTER UPDATE ON product_files REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION ask_for_build_of_files();
CREATE TRIGGER products_deleted AFTER DELETE ON products REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION ask_for_build_of_products();
CREATE TRIGGER products_inserted AFTER INSERT ON products REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION ask_for_build_of_products();
CREATE TRIGGER products_published BEFORE INSERT OR UPDATE OF status ON products FOR EACH ROW WHEN (new.status = 'published'::text AND new.published_at IS NULL) EXECUTE FUNCTION note_first_publication();
CREATE TRIGGER products_slug AFTER INSERT OR UPDATE OF slug ON products FOR EACH ROW EXECUTE FUNCTION keep_old_slug();
CREATE TRIGGER products_updated AFTER UPDATE ON products REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION ask_for_build_of_products();
CREATE TRIGGER products_version BEFORE UPDATE ON products FOR EACH ROW WHEN (old.slug IS DISTINCT FROM new.slug OR old.type IS DISTINCT FROM new.type OR old.status IS DISTINCT FROM new.status OR old.title IS DISTINCT FROM new.title OR old.summary IS DISTINCT FROM new.summary OR old.description IS DISTINCT FROM new.description OR old.unit_amount IS DISTINCT FROM new.unit_amount OR old.currency IS DISTINCT FROM new.currency OR old.affiliate_url IS DISTINCT FROM new.affiliate_url OR old.images IS DISTINCT FROM new.images OR old.badges IS DISTINCT FROM new.badges OR old.category IS DISTINCT FROM new.category OR old.tags IS DISTINCT FROM new.tags OR old.licence IS DISTINCT FROM new.licence OR old.samples IS DISTINCT FROM new.samples) EXECUTE FUNCTION raise_product_version();
CREATE TRIGGER refunds_figures_changed AFTER UPDATE ON refunds REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_refunds();
CREATE TRIGGER refunds_figures_new AFTER INSERT ON refunds REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_refunds();
