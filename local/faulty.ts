import { once } from 'node:events'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context, MiddlewareHandler } from 'hono'
import type { Faults, FaultyService } from './faults.ts'
import { errorAnswer } from './s3/s3-error.ts'

type Env = { Bindings: HttpBindings }

/** How long a request that is never answered is held; longer than any client of ours waits. */
const HOLD_MS = 120_000

/** Makes a vendor's routes fail as the faults say. It needs the socket, so it works behind @hono/node-server only. */
export function faulty(faults: Faults, service: FaultyService): MiddlewareHandler<Env> {
  return async (context, next) => {
    const fault = faults.takeVendor(service, context.req.path)
    if (!fault) return await next()
    if (fault === '500' || fault === '429') return errorOf(service, fault)
    if (fault === 'timeout') await untilClientLeaves(context)
    if (fault === 'accept_then_reset') await next()
    return reset(context)
  }
}

/** A TCP reset, which clients see as "connection reset by peer". */
function reset(context: Context<Env>): Response {
  context.env.incoming.socket.resetAndDestroy()
  return RESPONSE_ALREADY_SENT
}

async function untilClientLeaves(context: Context<Env>): Promise<void> {
  const { socket } = context.env.incoming
  if (socket.destroyed) return
  const held = AbortSignal.timeout(HOLD_MS)
  await once(socket, 'close', { signal: held }).catch((error: unknown) => {
    if (!held.aborted) throw error
  })
}

const MESSAGES = { '500': 'An error that was asked for', '429': 'Too many requests, as was asked for' } as const

/** S3 asks for patience with 503. */
function s3Error(status: keyof typeof MESSAGES): Response {
  if (status === '429')
    return errorAnswer({ status: 503, code: 'SlowDown', message: 'Please reduce your request rate.' })
  return errorAnswer({ status: 500, code: 'InternalError', message: MESSAGES[status] })
}

/** In the words of each vendor, so that its SDK reads what it would really read. */
function errorOf(service: FaultyService, status: keyof typeof MESSAGES): Response {
  const message = MESSAGES[status]
  const init = { status: Number(status), headers: status === '429' ? { 'retry-after': '1' } : {} }
  if (service === 'sql' || service === 'netlify') return new Response(message, init)
  if (service === 's3') return s3Error(status)
  if (service === 'identity') return Response.json({ code: init.status, msg: message }, init)
  if (service === 'resend') {
    const name = status === '429' ? 'rate_limit_exceeded' : 'internal_server_error'
    return Response.json({ statusCode: init.status, name, message }, init)
  }
  const kind = status === '429' ? { type: 'invalid_request_error', code: 'rate_limit' } : { type: 'api_error' }
  return Response.json({ error: { ...kind, message } }, init)
}
