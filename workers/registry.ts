import type { App } from '../shop/app.ts'
import type { ClaimedJob, JobKind } from '../shop/jobs.ts'
import { buildSiteJob } from './build-site.ts'
import { makeRefundJob } from './make-refund.ts'
import { purgeJob } from './purge.ts'
import { reconcileJob } from './reconcile.ts'
import { refundOrderJob } from './refund-order.ts'
import { sendEmailJob } from './send-email.ts'
import { syncOrderJob } from './sync-order.ts'
import { tellingRefusals } from './telling-refusals.ts'

/** A leased job with the database's time of its claim, as text. */
export type Lease = { job: ClaimedJob; observedAt: string }

/** How a run ended: `settled` when its own statement has settled the job, `done` when the runner shall, `lost` when somebody else has it. */
export type JobEnd = 'settled' | 'done' | 'lost'

export type JobHandler = (app: App, lease: Lease) => Promise<JobEnd>

/** Which file does which kind of job. */
export const HANDLERS: Record<JobKind, JobHandler> = {
  sync_order: tellingRefusals(syncOrderJob),
  send_email: tellingRefusals(sendEmailJob),
  build_site: buildSiteJob,
  purge: purgeJob,
  reconcile: tellingRefusals(reconcileJob),
  make_refund: tellingRefusals(makeRefundJob),
  refund_order: tellingRefusals(refundOrderJob),
}
