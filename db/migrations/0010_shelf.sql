-- The shelf at any size: categories and tags to browse by, the licence in plain words, samples, and addresses that outlive a renaming.
alter table products
  add column category text check (category ~ '^[a-z0-9-]{1,60}$'),
  add column tags text[] not null default '{}' check (
    cardinality(tags) <= 20 and array_position(tags, null) is null
    and array_to_string(tags, ',') ~ '^([a-z0-9-]{1,60}(,[a-z0-9-]{1,60})*)?$'),
  -- Markdown.
  add column licence text not null default '' check (length(licence) <= 20000),
  -- Their bytes live in the Blobs store product-images by SHA-256, as those of pictures do.
  add column samples jsonb not null default '[]' check (jsonb_typeof(samples) = 'array'),
  add column published_at timestamptz;
update products set published_at = created_at where status <> 'draft';

-- The day on which a product first came on the shelf: what "newest" and the feed go by. It stays when the product leaves and returns.
create function note_first_publication() returns trigger language plpgsql as $$
begin
  new.published_at := clock_timestamp();
  return new;
end
$$;
create trigger products_published before insert or update of status on products
  for each row when (new.status = 'published' and new.published_at is null) execute function note_first_publication();

-- Addresses that products had before. Links to them stay in mails and on other sites for years, so each still belongs to its product.
create table slug_changes (
  old_slug   text primary key check (old_slug ~ '^[a-z0-9-]{1,80}$'),
  product_id text not null references products (id) on delete cascade,
  changed_at timestamptz not null default now()
);
create index slug_changes_by_product on slug_changes (product_id);

-- After the row, not before it: whoever waited for the one who gave the slug up must see that it was given up.
create function keep_old_slug() returns trigger language plpgsql as $$
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
$$;
create trigger products_slug after insert or update of slug on products
  for each row execute function keep_old_slug();
