import { apiRoute } from './api-route.ts'
import type { StoredEvent } from './books.ts'
import { listensTo } from './events.ts'
import { isCreatedIn, PAGE_BY_DATE, pageOf } from './list-page.ts'
import { boolean, listOf, text } from './params.ts'
import { found, gathered } from './payment-routes.ts'
import { StripeError } from './stripe-error.ts'
import type { EventDoc } from './wire-types.ts'
import type { World } from './world.ts'

const THIRTY_DAYS = 30 * 86_400
const FILTERS = { ...PAGE_BY_DATE, delivery_success: boolean, type: text(), types: listOf(text(), 20) }

/** Events as the API lists them: 30 days back, no further (docs.stripe.com/api/events). */
export const EVENT_ROUTES = [
  apiRoute(['GET', '/v1/events'], FILTERS, (world, { params, url }) => {
    const { created, delivery_success, type, types } = params
    if (type !== undefined && types !== undefined)
      throw new StripeError('You may only specify one of these parameters: type, types.', {
        code: 'parameters_exclusive',
      })
    const patterns = types ?? (type === undefined ? ['*'] : [type])
    const events = world.books.events
      .all()
      .filter(
        (stored) =>
          stored.event.created > world.now() - THIRTY_DAYS &&
          isCreatedIn(stored.event.created, created) &&
          listensTo(patterns, stored.event.type) &&
          (delivery_success === undefined || isDelivered(world, stored) === delivery_success),
      )
    const page = pageOf(events.reverse(), params, url)
    return { ...page, data: page.data.map((stored) => eventNow(world, stored)) }
  }),
  apiRoute(['GET', '/v1/events/:id'], {}, (world, { id }) => eventNow(world, found(world.books.events, id, 'event'))),
]

/** The event with the number of endpoints that have not answered it yet. */
export function eventNow(world: World, { event }: StoredEvent): EventDoc {
  const open = deliveriesOf(world, event.id).filter((delivery) => delivery.state === 'pending')
  return { ...event, pending_webhooks: new Set(open.map((delivery) => delivery.endpoint)).size }
}

function isDelivered(world: World, { event }: StoredEvent): boolean {
  const states = new Map<string, boolean>()
  for (const delivery of deliveriesOf(world, event.id))
    states.set(delivery.endpoint, states.get(delivery.endpoint) === true || delivery.state === 'delivered')
  return [...states.values()].every((isDone) => isDone)
}

function deliveriesOf({ books }: World, eventId: string) {
  return gathered(books.deliveries, books.deliveriesOf.of(eventId))
}
