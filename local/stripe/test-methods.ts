import type { ChargeTraits } from './books.ts'

export type Decline = { code: string; decline_code: string; message: string }

/** A payment method of the stand-in and what becomes of a payment made with it. */
export type TestMethod = {
  type: 'card' | 'sepa_debit' | 'us_bank_account' | 'bacs_debit'
  last4: string
  brand: 'visa' | 'mastercard' | 'amex'
  decline?: Decline
  dispute?: 'fraudulent' | 'product_not_received' | 'inquiry'
  fraudWarning?: true
} & Omit<ChargeTraits, 'id'>

const DECLINED = 'Your card was declined.'
const declined = (decline_code: string, message = DECLINED): Decline => ({
  code: 'card_declined',
  decline_code,
  message,
})

// docs.stripe.com/testing: the numbers and what they do.
const CARDS: Record<string, Partial<TestMethod>> = {
  '4242424242424242': {},
  '5555555555554444': { brand: 'mastercard' },
  '378282246310005': { brand: 'amex' },
  '4000000000000002': { decline: declined('generic_decline') },
  '4000000000009995': { decline: declined('insufficient_funds', 'Your card has insufficient funds.') },
  '4000000000009987': { decline: declined('lost_card') },
  '4000000000000069': {
    decline: { code: 'expired_card', decline_code: 'expired_card', message: 'Your card has expired.' },
  },
  '4000000000000259': { dispute: 'fraudulent' },
  '4000000000002685': { dispute: 'product_not_received' },
  '4000000000001976': { dispute: 'inquiry' },
  '4000000000005423': { fraudWarning: true },
  '4000000000007726': { refunds: 'pend' },
  '4000000000005126': { refunds: 'fail' },
}

const DELAYED: Record<string, { settles: 'succeeded' | 'failed'; last4: string }> = {
  AT611904300234573201: { settles: 'succeeded', last4: '3201' },
  AT861904300235473202: { settles: 'failed', last4: '3202' },
  async: { settles: 'succeeded', last4: '3201' },
  async_fail: { settles: 'failed', last4: '3202' },
}

const DELAYED_TYPE: Record<string, TestMethod['type']> = {
  eur: 'sepa_debit',
  usd: 'us_bank_account',
  gbp: 'bacs_debit',
}

/** The delayed method that a currency has, if any: Stripe's debits each know one currency. */
export function delayedTypeOf(currency: string): TestMethod['type'] | undefined {
  return DELAYED_TYPE[currency]
}

/** What a person typed into the payment form, as a method; a string is the message to show instead. */
export function readMethod(typed: string, currency: string): TestMethod | string {
  const entry = typed.replaceAll(/[\s-]/g, '')
  const delayed = DELAYED[entry] ?? DELAYED[entry.toUpperCase()] ?? DELAYED[entry.toLowerCase()]
  if (delayed !== undefined) return readDelayed(delayed, currency)
  if (entry === '') return 'Enter a card number.'
  if (!/^\d{12,19}$/.test(entry) || !passesLuhn(entry)) return 'Your card number is invalid.'
  const card = CARDS[entry]
  if (card === undefined) return 'Your card was declined. This is a test, but a card that is not a test card was used.'
  return { type: 'card', brand: 'visa', last4: entry.slice(-4), refunds: 'succeed', settles: 'succeeded', ...card }
}

function readDelayed(
  delayed: { settles: 'succeeded' | 'failed'; last4: string },
  currency: string,
): TestMethod | string {
  const type = delayedTypeOf(currency)
  if (type === undefined) return `No delayed payment method takes ${currency.toUpperCase()}.`
  return { type, brand: 'visa', refunds: 'pend', ...delayed }
}

function passesLuhn(digits: string): boolean {
  const doubled = [...digits].reverse().map((digit, place) => Number(digit) * ((place % 2) + 1))
  return doubled.reduce((sum, value) => sum + (value > 9 ? value - 9 : value), 0) % 10 === 0
}
