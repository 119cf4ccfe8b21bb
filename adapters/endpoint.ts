import { randomUUID } from 'node:crypto'
import type { Context } from '@netlify/functions'
import type { App } from '../shop/app.ts'
import { LinkExpired, Refused, ShopError } from '../shop/errors.ts'
import { type AnswerKind, functionHeaders } from '../shop/headers.ts'
import { errorPage } from './error-pages.ts'
import { type Vendors, wireApp } from './wire-app.ts'

const JSON_TYPE = 'application/json; charset=utf-8'
/** When to try again after a 503 that names no time of its own, in seconds. */
const RETRY_AFTER_S = 60

type Method = 'GET' | 'HEAD' | 'POST'
type Handlers = Partial<Record<Method, (request: Request, app: App, context: Context) => Promise<Response>>>
/** Who reads a failure: a program gets JSON, a person a page of the shop. */
type Reader = 'program' | 'person'
type Settings = { reader?: Reader | ((request: Request) => Reader); vendors?: Vendors }
/** `token` is that of a link that has expired, for the page that offers a fresh one. */
type Failure = { status: number; code: string; message: string; headers: Record<string, string>; token: string }

/**
 * A function of the platform: picks the handler by method, wires the app with the `vendors` that it speaks to, and turns whatever is
 * thrown into an answer. Every answer carries a request id and the headers of its kind.
 */
export function endpoint(handlers: Handlers, { reader = 'program', vendors = {} }: Settings = {}) {
  return async (request: Request, context: Context): Promise<Response> => {
    const requestId = context.requestId || randomUUID()
    const app = wireApp({ requestId, waitUntil: (work) => context.waitUntil(work) }, vendors)
    const outcome = await attempt(handlers, request, { app, context })
    const whoReads = typeof reader === 'function' ? reader(request) : reader
    const answer = outcome instanceof Response ? outcome : show(outcome, whoReads, requestId)
    return withHeaders(answer, requestId)
  }
}

async function attempt(handlers: Handlers, request: Request, { app, context }: { app: App; context: Context }) {
  const handler = Object.hasOwn(handlers, request.method) ? handlers[request.method as Method] : undefined
  if (!handler) return methodNotAllowed(handlers)
  try {
    return await handler(request, app, context)
  } catch (error) {
    if (error instanceof Refused) return refusal(error)
    return describeFailure(error, app)
  }
}

/** Its own shape, since a page goes on by the state. */
function refusal({ state, message, status }: Refused): Response {
  return Response.json({ state, message }, { status })
}

function methodNotAllowed(handlers: Handlers): Failure {
  const allow = Object.keys(handlers).join(', ')
  const message = `Only ${allow} is answered here.`
  return { status: 405, code: 'method_not_allowed', message, headers: { allow }, token: '' }
}

function describeFailure(error: unknown, app: App): Failure {
  if (!(error instanceof ShopError)) {
    app.log.error('request_failed', error, { code: 'internal' })
    return { status: 500, code: 'internal', message: 'Something went wrong on our side.', headers: {}, token: '' }
  }
  const { status, code, retryAfter } = error
  if (status >= 500) app.log.error('request_failed', error, { code })
  // A misconfigured shop names the variable to its owner, in the log, and not to a stranger.
  const message = code === 'misconfigured' ? 'The shop is not ready yet. Please try again later.' : error.message
  const token = error instanceof LinkExpired ? error.token : ''
  return { status, code, message, headers: retryAfter ? { 'retry-after': String(retryAfter) } : {}, token }
}

function show(failure: Failure, reader: Reader, requestId: string): Response {
  if (reader === 'person') return errorPage(failure, failure.headers)
  const { status, code, message, headers } = failure
  return Response.json({ error: { code, message, request_id: requestId } }, { status, headers })
}

function withHeaders(answer: Response, requestId: string): Response {
  for (const [name, value] of Object.entries(functionHeaders(kindOf(answer)))) {
    if (!answer.headers.has(name)) answer.headers.set(name, value)
  }
  // `Response.json` says it without the character set.
  if (answer.headers.get('content-type') === 'application/json') answer.headers.set('content-type', JSON_TYPE)
  if (answer.status === 503 && !answer.headers.has('retry-after'))
    answer.headers.set('retry-after', String(RETRY_AFTER_S))
  answer.headers.set('x-request-id', requestId)
  return answer
}

function kindOf({ headers }: Response): AnswerKind {
  if (headers.has('location')) return 'redirect'
  if (headers.has('content-disposition')) return 'download'
  return headers.get('content-type')?.startsWith('text/html') ? 'page' : 'json'
}
