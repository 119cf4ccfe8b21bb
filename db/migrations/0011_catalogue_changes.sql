-- Editing the catalogue: a version that an edit must name, so that nobody's work is lost, and a note of who changed what.
alter table products add column version int not null default 1 check (version >= 1);

-- Whoever changes what a product says raises its version; a place in the shop's order and a new file are changes of their own.
create function raise_product_version() returns trigger language plpgsql as $$
begin
  new.version := old.version + 1;
  new.updated_at := clock_timestamp();
  return new;
end
$$;
create trigger products_version before update on products for each row
  when ((old.slug, old.type, old.status, old.title, old.summary, old.description, old.unit_amount, old.currency, old.affiliate_url,
         old.images, old.badges, old.category, old.tags, old.licence, old.samples)
    is distinct from
        (new.slug, new.type, new.status, new.title, new.summary, new.description, new.unit_amount, new.currency, new.affiliate_url,
         new.images, new.badges, new.category, new.tags, new.licence, new.samples))
  execute function raise_product_version();

-- `version` is that of the product after the change; a new file or a move has the version that stood.
create table product_changes (
  id         bigint generated always as identity primary key,
  product_id text not null references products (id) on delete cascade,
  version    int not null check (version >= 1),
  actor      text not null check (length(actor) between 1 and 254),
  change     jsonb not null check (jsonb_typeof(change) = 'object'),
  changed_at timestamptz not null default now()
);
create index product_changes_by_product on product_changes (product_id, id);
