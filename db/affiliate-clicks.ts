import type { Database } from './database.ts'

export type Click = { product_id: string; referrer: string | null; user_agent: string | null; is_bot: boolean }

/** Counts a click on an affiliate link. No address of the visitor is kept. */
export async function recordClick(db: Database, click: Click): Promise<void> {
  await db`
    insert into affiliate_clicks (product_id, referrer, user_agent, is_bot)
    values (${click.product_id}, ${click.referrer}, ${click.user_agent}, ${click.is_bot})`
}
