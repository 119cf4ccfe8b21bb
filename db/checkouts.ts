import type { Database } from './database.ts'

export type BegunCheckout = { stripe_session_id: string; amount_total: number; currency: string; slugs: string[] }

/**
 * Notes that a checkout began, for the seller's statistics; the same session is noted once.
 * @param enough as far as they are counted, which bounds what a flood costs
 * @returns how many had begun within the hour before
 */
export async function recordCheckout(db: Database, checkout: BegunCheckout, enough: number): Promise<number> {
  const [row] = await db<{ before: number }>`
    with begun as (
      insert into checkouts (stripe_session_id, amount_total, currency, slugs)
      values (${checkout.stripe_session_id}, ${checkout.amount_total}::bigint, ${checkout.currency}, ${checkout.slugs}::text[])
      on conflict (stripe_session_id) do nothing)
    select count(*)::int as before
    from (select 1 from checkouts where began_at > now() - interval '1 hour' limit ${enough}) as lately`
  return row?.before ?? 0
}
