import type { Database } from './database.ts'

export type Click = { product_id: string; referrer: string | null; user_agent: string | null; is_bot: boolean }

/** Counts a click on an affiliate link. No address of the visitor is kept. */
export async function recordClick(db: Database, click: Click): Promise<void> {
  await db`
    insert into affiliate_clicks (product_id, referrer, user_agent, is_bot)
    values (${click.product_id}, ${click.referrer}, ${click.user_agent}, ${click.is_bot})`
}

/** The same for a click that a page reports by the product's slug; one that no published recommendation has counts nothing. */
export async function recordReportedClick(
  db: Database,
  click: Omit<Click, 'product_id'> & { slug: string },
): Promise<void> {
  await db`
    insert into affiliate_clicks (product_id, referrer, user_agent, is_bot)
    select id, ${click.referrer}, ${click.user_agent}, ${click.is_bot}::boolean from products
    where slug = ${click.slug} and type = 'affiliate' and status = 'published'`
}
