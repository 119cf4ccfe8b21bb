/**
 * The one list of Stripe events that Till listens to. The webhook, the docs and the endpoint's configuration in Stripe all follow it.
 * `refers` names the field of the event's object that leads to the checkout session; nothing else of an event is believed.
 */
export const EVENT_TYPES = {
  'checkout.session.completed': { refers: 'id' },
  'checkout.session.async_payment_succeeded': { refers: 'id' },
  'checkout.session.async_payment_failed': { refers: 'id' },
  'checkout.session.expired': { refers: 'id' },
  'charge.refunded': { refers: 'payment_intent' },
  'refund.created': { refers: 'payment_intent' },
  'refund.updated': { refers: 'payment_intent' },
  'refund.failed': { refers: 'payment_intent' },
  'charge.dispute.created': { refers: 'payment_intent' },
  'charge.dispute.updated': { refers: 'payment_intent' },
  'charge.dispute.closed': { refers: 'payment_intent' },
} as const

export type EventType = keyof typeof EVENT_TYPES

/** Whether Till listens to events of this type. */
export function isEventType(type: string): type is EventType {
  return Object.hasOwn(EVENT_TYPES, type)
}
