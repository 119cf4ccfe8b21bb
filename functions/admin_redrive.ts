import type { Config } from '@netlify/functions'
import { adminEndpoint } from '../adapters/admin-endpoint.ts'
import { readBody } from '../adapters/request-body.ts'
import { RedriveRequest } from '../shop/admin/admin-requests.ts'
import { startDeadJobs } from '../shop/admin/start-dead-jobs.ts'

/** Lets a dead job be tried again, or all of them. */
export default adminEndpoint({
  POST: async (request, app) => {
    const { id } = await readBody(request, RedriveRequest, app.siteUrl)
    const revived = await startDeadJobs(app, id === 'all' ? 'all' : { id })
    return Response.json({ revived: revived.length })
  },
})

export const config: Config = { path: '/admin_redrive' }
