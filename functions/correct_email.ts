import type { Config } from '@netlify/functions'
import { findClaim } from '../adapters/claim-cookie.ts'
import { endpoint } from '../adapters/endpoint.ts'
import { readBody } from '../adapters/request-body.ts'
import { limitRate } from '../shop/limits/limit-rate.ts'
import { correctEmail } from '../shop/purchases/correct-email.ts'
import { EmailCorrection } from '../shop/purchases/portal-requests.ts'

/** Corrects an address that was typed wrongly at the checkout; only the browser that bought can. */
export default endpoint({
  POST: async (request, app, { ip }) => {
    const { session_id, email } = await readBody(request, EmailCorrection, app.siteUrl)
    await limitRate(app, 'correct_email', { address: ip })
    const corrected = await correctEmail(app, { sessionId: session_id, claim: findClaim(request), email })
    return Response.json({ state: 'corrected', order: { email: corrected } })
  },
})

export const config: Config = { path: '/correct_email' }
