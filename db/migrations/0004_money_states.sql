-- Money's states: which may follow which, what a seller has rejected, and mails that say more than their order does.
alter table orders add column rejected_at timestamptz;
alter table orders add constraint orders_decided_once check (approved_at is null or rejected_at is null);
-- What a mail is about beside its order: a refund, a dispute, a job. Ids only; the rest is read when it is written.
alter table emails add column payload jsonb not null default '{}';
-- Set when the reason for an unsent mail has gone, such as a refund that failed after all.
alter table emails add column voided_at timestamptz;
alter table emails add constraint emails_voided_unsent check (voided_at is null or sent_at is null);

-- The same table as shop/orders/order-transition.ts; a test holds one against the other.
create table order_transitions (
  from_status text not null,
  to_status   text not null,
  primary key (from_status, to_status)
);
insert into order_transitions (from_status, to_status) values
  ('pending', 'paid'), ('pending', 'partially_refunded'), ('pending', 'refunded'), ('pending', 'disputed'),
  ('pending', 'failed'), ('pending', 'review'),
  ('failed', 'pending'), ('failed', 'paid'), ('failed', 'partially_refunded'), ('failed', 'refunded'), ('failed', 'disputed'), ('failed', 'review'),
  ('paid', 'partially_refunded'), ('paid', 'refunded'), ('paid', 'disputed'), ('paid', 'review'),
  ('partially_refunded', 'paid'), ('partially_refunded', 'refunded'), ('partially_refunded', 'disputed'), ('partially_refunded', 'review'),
  ('refunded', 'paid'), ('refunded', 'partially_refunded'), ('refunded', 'disputed'), ('refunded', 'review'),
  ('disputed', 'paid'), ('disputed', 'partially_refunded'), ('disputed', 'refunded'), ('disputed', 'review'),
  ('review', 'refunded');

create function refuse_illegal_transition() returns trigger language plpgsql as $$
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
$$;
create trigger orders_transition before update of status on orders
  for each row execute function refuse_illegal_transition();
