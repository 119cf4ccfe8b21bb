import { apiRoute } from './api-route.ts'
import { createSession } from './create-session.ts'
import { expireSession } from './expire-session.ts'
import { isCreatedIn, PAGE, PAGE_BY_DATE, pageOf } from './list-page.ts'
import { mergeMetadata, metadata } from './metadata.ts'
import { object, oneOf, required, text } from './params.ts'
import { SESSION_CREATE } from './session-params.ts'
import { noSuch, StripeError } from './stripe-error.ts'
import { linesOf } from './taxed-session.ts'
import type { Session } from './wire-types.ts'
import type { World } from './world.ts'

const FILTERS = {
  ...PAGE_BY_DATE,
  customer: text(),
  customer_details: object({ email: required(text()) }),
  payment_intent: text(),
  status: oneOf('open', 'complete', 'expired'),
}

export const SESSION_ROUTES = [
  apiRoute(['POST', '/v1/checkout/sessions'], SESSION_CREATE, (world, { params }) => createSession(world, params)),
  apiRoute(['GET', '/v1/checkout/sessions'], FILTERS, (world, { params, url }) => {
    const { created, customer, customer_details, payment_intent, status } = params
    const found = candidates(world, payment_intent).filter(
      (session) =>
        isCreatedIn(session.created, created) &&
        (customer === undefined || session.customer === customer) &&
        (customer_details === undefined || session.customer_details?.email === customer_details.email) &&
        (status === undefined || session.status === status),
    )
    return pageOf(found.reverse(), params, url)
  }),
  apiRoute(['GET', '/v1/checkout/sessions/:id'], {}, (world, { id }) => sessionAt(world, id)),
  apiRoute(['POST', '/v1/checkout/sessions/:id'], { metadata }, (world, { id, params }) => {
    const session = sessionAt(world, id)
    return world.books.sessions.put({ ...session, metadata: mergeMetadata(session.metadata, params.metadata) })
  }),
  apiRoute(['POST', '/v1/checkout/sessions/:id/expire'], {}, (world, { id }) => {
    const session = sessionAt(world, id)
    if (session.status === 'open') return expireSession(world, session)
    const message = `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`
    throw new StripeError(message)
  }),
  apiRoute(['GET', '/v1/checkout/sessions/:id/line_items'], PAGE, (world, { id, params, url }) =>
    pageOf(linesOf(world, sessionAt(world, id)), params, url),
  ),
]

function sessionAt(world: World, id: string): Session {
  const session = world.books.sessions.get(id)
  if (session === undefined) throw noSuch('checkout.session', id, { param: 'session' })
  return session
}

function candidates(world: World, intent: string | undefined): Session[] {
  if (intent === undefined) return world.books.sessions.all()
  const sessions = world.books.sessionOf.of(intent).map((id) => world.books.sessions.get(id))
  return sessions.filter((session) => session !== undefined)
}
