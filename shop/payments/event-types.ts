type Reading = { refers: 'id' | 'payment_intent'; warns?: true }

/**
 * The one list of Stripe events that Till listens to. The webhook, the docs and the endpoint's configuration in Stripe all follow it.
 * `refers` names the field of the event's object that leads to the checkout session; nothing else of an event is believed. `warns`: the
 * event's object is itself what the seller is told about.
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
  'radar.early_fraud_warning.created': { refers: 'payment_intent', warns: true },
} as const satisfies Record<string, Reading>

export type EventType = keyof typeof EVENT_TYPES

/** How an event of this type is read; undefined for one that Till does not listen to. */
export function readingOf(type: string): Reading | undefined {
  return Object.hasOwn(EVENT_TYPES, type) ? EVENT_TYPES[type as EventType] : undefined
}
