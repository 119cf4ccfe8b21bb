import type { DownloadGrant } from '../shop/downloads/grants.ts'
import type { Database } from './database.ts'

/** How often an item may be downloaded in all and within 24 hours, and what the seller hands out. */
export type DownloadRules = { perItem: number | null; dailyPerItem: number; earlierVersions: boolean }

/** What counting came to; `retry_after` in seconds. */
export type Redemption = {
  /** `known`: this token was counted before. `again`: others were counted at the same moment, so it has to be looked at anew. */
  outcome: 'counted' | 'known' | 'closed' | 'used_up' | 'too_many_today' | 'again'
  order_id: string | null
  retry_after: number | null
}

/**
 * Counts a download once for each token, if the order grants it now and the limits leave room. That is judged and written by one
 * statement, which sees the redemptions as they were when it began; so it also touches the item's row, and only if nobody has since
 * (`xmin` is the row's last writer). Of several that saw the same room one is counted, and the others are told `again`.
 */
export async function redeemDownload(
  db: Database,
  { jti, orderItemId, fileId, epoch }: DownloadGrant & { jti: string },
  { perItem, dailyPerItem, earlierVersions }: DownloadRules,
): Promise<Redemption> {
  const rows = await db<Redemption>`
    with item as materialized (select id, order_id, xmin as writer from order_items where id = ${orderItemId}),
    past as materialized (
      select count(*) as ever, count(*) filter (where redeemed_at > clock_timestamp() - interval '24 hours') as today,
             coalesce(bool_or(jti = ${jti}), false) as is_known
      from downloads where order_item_id = ${orderItemId}),
    verdict as materialized (
      select case
        when not exists (select 1 from entitled_files(${earlierVersions}::boolean) e
          where e.order_item_id = ${orderItemId} and e.file_id = ${fileId} and e.access_epoch = ${epoch}::int) then 'closed'
        when is_known then 'known'
        when ever >= ${perItem}::int then 'used_up'
        when today >= ${dailyPerItem}::int then 'too_many_today'
        else 'again' end as outcome
      from past),
    turn as (
      update order_items set title = title
      where id = ${orderItemId} and xmin = (select writer from item) and (select outcome from verdict) = 'again'
      returning id),
    counted as (
      insert into downloads (jti, order_item_id, file_id) select ${jti}, id, ${fileId} from turn returning jti)
    select case when exists (select 1 from counted) then 'counted' else outcome end as outcome,
           (select order_id from item) as order_id,
           (select ceil(extract(epoch from redeemed_at + interval '24 hours' - clock_timestamp()))::int from downloads
            where outcome = 'too_many_today' and order_item_id = ${orderItemId}
            order by redeemed_at desc offset ${dailyPerItem}::int - 1 limit 1) as retry_after
    from verdict`
  return rows[0] ?? { outcome: 'closed', order_id: null, retry_after: null }
}
