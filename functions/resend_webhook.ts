import type { Config } from '@netlify/functions'
import { endpoint } from '../adapters/endpoint.ts'
import { readText } from '../adapters/request-body.ts'
import { receiveMailEvent } from '../shop/mail/receive-mail-event.ts'

const LARGEST_BODY = 262_144

/** Takes Resend's reports of mails that were delivered, came back, or were called spam. */
export default endpoint({
  POST: async (request, app) => {
    const body = await readText(request, LARGEST_BODY)
    const svix = (name: string) => request.headers.get(`svix-${name}`)
    await receiveMailEvent(app, { body, id: svix('id'), timestamp: svix('timestamp'), signature: svix('signature') })
    return Response.json({ received: true })
  },
})

export const config: Config = { path: '/resend_webhook' }
