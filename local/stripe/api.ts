import { type Context, Hono } from 'hono'
import { ACCOUNT_ROUTES } from './account-routes.ts'
import type { ApiRoute } from './api-route.ts'
import { authenticate } from './authenticate.ts'
import { DISCOUNT_ROUTES } from './discount-routes.ts'
import { DISPUTE_ROUTES } from './dispute-routes.ts'
import { EVENT_ROUTES } from './event-routes.ts'
import { expand } from './expand.ts'
import { readForm } from './form.ts'
import { fingerprintOf, keptAnswer } from './idempotency.ts'
import { newId } from './ids.ts'
import { listOf, required, text } from './params.ts'
import { PAYMENT_ROUTES } from './payment-routes.ts'
import { REFUND_ROUTES } from './refund-routes.ts'
import { SESSION_ROUTES } from './session-routes.ts'
import { StripeError } from './stripe-error.ts'
import { WEBHOOK_ENDPOINT_ROUTES } from './webhook-endpoint-routes.ts'
import { API_VERSION, type World } from './world.ts'

const ROUTES: ApiRoute[] = [
  ...SESSION_ROUTES,
  ...PAYMENT_ROUTES,
  ...REFUND_ROUTES,
  ...DISPUTE_ROUTES,
  ...DISCOUNT_ROUTES,
  ...EVENT_ROUTES,
  ...WEBHOOK_ENDPOINT_ROUTES,
  ...ACCOUNT_ROUTES,
]

type Answer = { status: number; body: string; headers?: Record<string, string> }

/** Stripe's API under `/v1`, in its wire format. */
export function stripeApi(world: World): Hono {
  const app = new Hono()
  for (const route of ROUTES)
    app.on(route.method, route.path, (context) => answer(context, (id) => serve(world, { route, context, id })))
  app.all('/v1/*', (context) => {
    const message = `Unrecognized request URL (${context.req.method}: ${context.req.path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`
    return answer(context, () => Promise.reject(new StripeError(message, { status: 404 })))
  })
  return app
}

async function answer(context: Context, work: (requestId: string) => Promise<Answer>): Promise<Response> {
  const requestId = newId('req_', 14)
  const key = context.req.header('idempotency-key')
  const { status, body, headers } = await guarded(context, () => work(requestId))
  return new Response(body, {
    status,
    headers: {
      'content-type': 'application/json',
      'request-id': requestId,
      'stripe-version': API_VERSION,
      ...(key === undefined ? {} : { 'idempotency-key': key, 'original-request': requestId }),
      ...headers,
    },
  })
}

async function guarded(context: Context, work: () => Promise<Answer>): Promise<Answer> {
  try {
    authenticate(context.req.header('authorization'))
    checkVersion(context.req.header('stripe-version'))
    return await work()
  } catch (error) {
    if (error instanceof StripeError) return refused(error)
    throw error
  }
}

function refused(error: StripeError): Answer {
  return { status: error.status, body: JSON.stringify({ error: error.body }) }
}

function checkVersion(version: string | undefined): void {
  if (version === undefined || version === API_VERSION) return
  throw new StripeError(
    `Invalid Stripe API version: ${version}. The local stand-in for Stripe speaks ${API_VERSION} only.`,
  )
}

type Request = { route: ApiRoute; context: Context; id: string }

async function serve(world: World, request: Request): Promise<Answer> {
  const form = await formOf(request.context)
  const key = request.route.method === 'GET' ? undefined : request.context.req.header('idempotency-key')
  // From here on nothing waits: reading the key, doing the work and keeping the answer is one step for other requests.
  return key === undefined ? once(world, request, form) : onceFor(world, request, { key, form })
}

async function formOf({ req }: Context): Promise<string> {
  if (req.method !== 'POST') return new URL(req.url).search.slice(1)
  const body = await req.text()
  const type = req.header('content-type') ?? ''
  if (body === '' || type.startsWith('application/x-www-form-urlencoded')) return body
  throw new StripeError('Invalid request (check that your POST content type is application/x-www-form-urlencoded).')
}

function once(world: World, request: Request, form: string): Answer {
  const run = prepared(world, request, { form, key: null })
  return request.route.method === 'GET' ? run() : world.books.atomically(run)
}

// What fails before the operation begins (a malformed parameter) is not kept; whatever the operation said, is.
function onceFor(world: World, request: Request, { key, form }: { key: string; form: string }): Answer {
  const { books, now } = world
  const fingerprint = fingerprintOf(`${request.route.method} ${request.context.req.path}`, form)
  const kept = keptAnswer(world, key, fingerprint)
  if (kept !== undefined)
    return { ...kept, headers: { 'idempotent-replayed': 'true', 'original-request': kept.request_id } }
  const run = prepared(world, request, { form, key })
  const keep = (answer: Answer): Answer => {
    books.answers.put({ ...answer, id: key, created: now(), fingerprint, request_id: request.id })
    return answer
  }
  try {
    return books.atomically(() => keep(run()))
  } catch (error) {
    if (error instanceof StripeError) return keep(refused(error))
    throw error
  }
}

const EXPAND = listOf(required(text()), 20)

function prepared(world: World, request: Request, { form, key }: { form: string; key: string | null }): () => Answer {
  const { expand: paths, ...tree } = readForm(form)
  const wanted = EXPAND(paths, 'expand') ?? []
  const run = request.route.prepare(tree)
  const acting: World = { ...world, request: { id: request.id, idempotency_key: key } }
  const at = { id: request.context.req.param('id') ?? '', url: request.context.req.path }
  return () => ({ status: 200, body: JSON.stringify(expand(acting, run(acting, at), wanted)) })
}
