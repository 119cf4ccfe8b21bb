import type Stripe from 'stripe'

type Plain = string | number | boolean | bigint | null | undefined

/** A field that may be expanded, as Stripe answers it when nobody asked: the id alone. */
type Unexpanded<Value> = [Extract<Value, string>] extends [never] ? Value : Exclude<Value, { object: string }>

/**
 * The SDK's type of a resource, as it travels: decimals are strings (the SDK wraps them on arrival) and expandable
 * fields are ids. Every object that the emulator makes has such a type, so the compiler holds it against the vendor's.
 */
export type Wire<Value> = Value extends Plain
  ? Value
  : Value extends Stripe.Decimal
    ? string
    : Value extends readonly (infer Item)[]
      ? Wire<Unexpanded<Item>>[]
      : { [Key in keyof Value]: Wire<Unexpanded<Value[Key]>> }

export type Session = Wire<Stripe.Checkout.Session>
export type LineItem = Wire<Stripe.LineItem>
export type Price = Wire<Stripe.Price>
export type Product = Wire<Stripe.Product>
export type PaymentIntent = Wire<Stripe.PaymentIntent>
export type PaymentMethod = Wire<Stripe.PaymentMethod>
export type Charge = Wire<Stripe.Charge>
export type Refund = Wire<Stripe.Refund>
export type Dispute = Wire<Stripe.Dispute>
export type Coupon = Wire<Stripe.Coupon>
export type PromotionCode = Wire<Stripe.PromotionCode>
export type Customer = Wire<Stripe.Customer>
export type WebhookEndpoint = Wire<Stripe.WebhookEndpoint>
export type BalanceTransaction = Wire<Stripe.BalanceTransaction>
export type EarlyFraudWarning = Wire<Stripe.Radar.EarlyFraudWarning>
export type EventType = Stripe.Event['type']

/** The envelope of an event; its types per event are one union of hundreds, of which only the envelope matters here. */
export type EventDoc = Omit<Wire<Stripe.EventBase>, 'data' | 'type'> & {
  type: EventType
  data: { object: object; previous_attributes?: object }
}

export type Page<Doc> = { object: 'list'; url: string; has_more: boolean; data: Doc[] }
