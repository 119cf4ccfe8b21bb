-- What each line of an order bears of its discount and tax, so that a receipt and the books can name it to the cent.
alter table order_items
  add column amount_discount bigint not null default 0 check (amount_discount >= 0),
  add column amount_tax      bigint not null default 0 check (amount_tax >= 0);
-- A line that is alone bears all of it. Those of larger orders are filled in when their order is next synced.
update order_items i set amount_discount = o.amount_discount, amount_tax = o.amount_tax
from orders o
where o.id = i.order_id and not exists (select 1 from order_items other where other.order_id = i.order_id and other.id <> i.id);
