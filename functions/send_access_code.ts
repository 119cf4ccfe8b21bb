import type { Config } from '@netlify/functions'
import { endpoint } from '../adapters/endpoint.ts'
import { readBody } from '../adapters/request-body.ts'
import { CodeWish } from '../shop/downloads/access-code-request.ts'
import { sendAccessCode } from '../shop/downloads/send-access-code.ts'
import { limitRate } from '../shop/limits/limit-rate.ts'

/** Asks for a code by mail; the answer is the same whatever address was typed in. */
export default endpoint({
  POST: async (request, app, { ip }) => {
    const { session_id, email } = await readBody(request, CodeWish, app.siteUrl)
    await limitRate(app, 'send_access_code', { address: ip, about: session_id })
    await sendAccessCode(app, { sessionId: session_id, email })
    return Response.json({ state: 'sent' }, { status: 202 })
  },
})

export const config: Config = { path: '/send_access_code' }
