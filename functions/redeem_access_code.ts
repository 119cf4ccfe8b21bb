import type { Config } from '@netlify/functions'
import { endpoint } from '../adapters/endpoint.ts'
import { readBody } from '../adapters/request-body.ts'
import { CodeGuess } from '../shop/downloads/access-code-request.ts'
import { codeAnswerOf } from '../shop/downloads/code-answer.ts'
import { redeemAccessCode } from '../shop/downloads/redeem-access-code.ts'
import { limitRate } from '../shop/limits/limit-rate.ts'

/** Takes the code that was mailed to the buyer, and answers with a reference that opens the order for a day. */
export default endpoint({
  POST: async (request, app, { ip }) => {
    const { session_id, code } = await readBody(request, CodeGuess, app.siteUrl)
    await limitRate(app, 'redeem_access_code', { address: ip })
    const { status, body } = codeAnswerOf(await redeemAccessCode(app, { sessionId: session_id, code }))
    return Response.json(body, { status })
  },
})

export const config: Config = { path: '/redeem_access_code' }
