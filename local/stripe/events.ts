import { newId } from './ids.ts'
import type { EventDoc, EventType } from './wire-types.ts'
import { API_VERSION, type World } from './world.ts'

type Subject = { id: string; object: string; payment_intent?: string | null }

/** Writes down that something happened, with a snapshot of the object, and queues it for every endpoint that listens. */
export function recordEvent(world: World, type: EventType, object: Subject, before?: object): EventDoc {
  const previous = before === undefined ? {} : { previous_attributes: changedFrom(before, object) }
  const event: EventDoc = {
    id: newId('evt_1'),
    object: 'event',
    api_version: API_VERSION,
    created: world.now(),
    data: { object, ...previous },
    livemode: false,
    pending_webhooks: 0,
    request: world.request,
    type,
  }
  const session = sessionOf(world, object)
  world.books.events.put({ id: event.id, event, session })
  if (session !== null) world.books.eventsOf.add(session, event.id)
  for (const endpoint of world.books.endpoints.all()) {
    if (endpoint.status === 'enabled' && listensTo(endpoint.enabled_events, type))
      queueDelivery(world, event, endpoint.id)
  }
  return event
}

/** Queues one delivery of an event to one endpoint; one that a person asked for is exempt from faults. */
export function queueDelivery(
  world: World,
  event: EventDoc,
  endpoint: string,
  fault: 'none' | 'exempt' = 'none',
): void {
  const now = world.now()
  const id = newId('dlv_')
  const { deliveries, pending, deliveriesOf } = world.books
  const progress = { state: 'pending', attempts: 0, created: now, due_at: now, fault, last_answer: null } as const
  deliveries.put({ id, event: event.id, type: event.type, endpoint, ...progress })
  pending.put({ id, due_at: now })
  deliveriesOf.add(event.id, id)
}

/** Whether a list of event types, which may hold `*` and `charge.*`, names this type. */
export function listensTo(patterns: string[], type: string): boolean {
  return patterns.some((pattern) => (pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type))
}

// The top-level fields that differ, with their former values, as `previous_attributes` tells them.
function changedFrom(before: object, after: object): object {
  const now = Object.entries(after)
  const former = new Map(Object.entries(before))
  const differing = now.filter(([key, value]) => JSON.stringify(former.get(key)) !== JSON.stringify(value))
  return Object.fromEntries(differing.map(([key]) => [key, former.get(key) ?? null]))
}

function sessionOf(world: World, object: Subject): string | null {
  if (object.object === 'checkout.session') return object.id
  const intent = object.object === 'payment_intent' ? object.id : object.payment_intent
  return intent ? (world.books.sessionOf.of(intent)[0] ?? null) : null
}
