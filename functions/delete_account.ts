import type { Config } from '@netlify/functions'
import { endpoint } from '../adapters/endpoint.ts'
import { ENDED_ACCOUNT, ENDED_PORTAL, readCredentials } from '../adapters/portal-cookie.ts'
import { readBody } from '../adapters/request-body.ts'
import { limitRate } from '../shop/limits/limit-rate.ts'
import { deleteAccount } from '../shop/purchases/delete-account.ts'
import { identifyBuyer } from '../shop/purchases/identify-buyer.ts'
import { Deletion } from '../shop/purchases/portal-requests.ts'

/** Removes a buyer's account; the orders stay. */
export default endpoint({
  POST: async (request, app, { ip }) => {
    await readBody(request, Deletion, app.siteUrl)
    await limitRate(app, 'delete_account', { address: ip })
    await deleteAccount(app, await identifyBuyer(app, readCredentials(request)))
    const answer = Response.json({ state: 'deleted' })
    for (const cookie of [...ENDED_ACCOUNT, ENDED_PORTAL]) answer.headers.append('set-cookie', cookie)
    return answer
  },
})

export const config: Config = { path: '/delete_account' }
