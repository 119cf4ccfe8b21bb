-- Versions of a product's files: what changed in each, who may fetch which, and how a new one gets its number.
alter table product_files add column changelog text not null default ''
  check (length(changelog) <= 500 and changelog !~ '[[:cntrl:]]');

create or replace view entitlements as
select o.id as order_id, o.stripe_session_id, o.access_epoch,
       i.id as order_item_id, i.title,
       p.id as product_id, p.slug as product_slug,
       f.id as file_id, f.slot, f.version, f.filename, f.content_type, f.size_bytes, f.sha256, f.store, f.key,
       not exists (
         select 1 from product_files newer
         where newer.product_id = f.product_id and newer.slot = f.slot and newer.version > f.version and newer.retired_at is null
       ) as is_current,
       f.changelog
from orders o
join order_items i on i.order_id = o.id
join products p on p.id = i.product_id
join product_files f on f.product_id = p.id
where o.status in ('paid', 'partially_refunded')
  and i.refunded_at is null and i.revoked_at is null and f.retired_at is null;

-- What buyers may fetch under the seller's setting downloads.earlierVersions. Links are made from this, and asked about here again when
-- they are followed, so that the two cannot disagree.
create function entitled_files(with_earlier boolean) returns setof entitlements language sql stable as $$
  select * from entitlements where with_earlier or is_current
$$;

-- What a version is by now: `current` goes to the buyers of its slot, `earlier` was replaced, `withdrawn` goes to nobody.
create function file_state(f product_files) returns text language sql stable as $$
  select case
    when f.retired_at is not null then 'withdrawn'
    when exists (
      select 1 from product_files newer
      where newer.product_id = f.product_id and newer.slot = f.slot and newer.version > f.version and newer.retired_at is null
    ) then 'earlier'
    else 'current' end
$$;

-- The next version of a product's slot. The update makes pushes to one product wait for each other; the query after it then sees what
-- the one before has written, which a subquery of the inserting statement itself would not.
create function take_file_version(of_product text, of_slot text) returns int language plpgsql as $$
begin
  update products set updated_at = clock_timestamp() where id = of_product;
  return (select coalesce(max(version), 0) + 1 from product_files where product_id = of_product and slot = of_slot);
end
$$;
