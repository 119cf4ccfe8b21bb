import type { Database } from './database.ts'

export type BegunCheckout = { stripe_session_id: string; amount_total: number; currency: string; slugs: string[] }

/** Notes that a checkout began, for the seller's statistics; the same session is noted once. */
export async function recordCheckout(db: Database, checkout: BegunCheckout): Promise<void> {
  await db`
    insert into checkouts (stripe_session_id, amount_total, currency, slugs)
    values (${checkout.stripe_session_id}, ${checkout.amount_total}::bigint, ${checkout.currency}, ${checkout.slugs}::text[])
    on conflict (stripe_session_id) do nothing`
}
