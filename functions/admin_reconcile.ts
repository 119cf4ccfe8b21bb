import type { Config } from '@netlify/functions'
import { adminEndpoint } from '../adapters/admin-endpoint.ts'
import { PAYMENTS } from '../adapters/payments-port.ts'
import { readBody } from '../adapters/request-body.ts'
import { ReconcileRequest } from '../shop/admin/admin-requests.ts'
import { startComparison } from '../shop/reconcile/start-comparison.ts'

/** Compares a page of Stripe's lists with the orders, and queues what differs. */
export default adminEndpoint(
  {
    POST: async (request, app) =>
      Response.json(await startComparison(app, await readBody(request, ReconcileRequest, app.siteUrl))),
  },
  PAYMENTS,
)

export const config: Config = { path: '/admin_reconcile' }
