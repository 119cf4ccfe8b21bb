import { html, raw } from 'hono/html'
import { formatAmount } from './currencies.ts'
import { couponOf } from './discounts.ts'
import { HOSTED_STYLE } from './hosted-style.ts'
import { TAX_PERCENT } from './pricing.ts'
import { SETTLE_SECONDS } from './settle-payment.ts'
import { taxedSession } from './taxed-session.ts'
import { delayedTypeOf } from './test-methods.ts'
import type { LineItem, Session } from './wire-types.ts'
import type { World } from './world.ts'

/** What the buyer has typed so far and what is wrong with it. */
export type Filled = { email?: string; card?: string; promotion_code?: string; terms?: string; error?: string }

/** The payment page of an open session. */
export function hostedPage(world: World, open: Session, filled: Filled): string {
  const { session, lines } = taxedSession(world, open)
  const money = moneyOf(session)
  return frame(
    'Checkout',
    html`<section aria-label="Order">
      <h1>Pay the local store</h1>
      <p class="total">${money(session.amount_total)}</p>
      <table><tbody>${lines.map((line) => lineRow(line))}${totalRows(world, session)}</tbody></table>
    </section>
    ${payForm(session, filled)}`,
  )
}

/** What there is to see of a session that takes no payment any more. */
export function closedPage(session: Session): string {
  const isExpired = session.status === 'expired'
  // A free order is complete without a payment, and so is one whose delayed payment is under way or has failed.
  const done = session.payment_status === 'paid' ? 'You have already paid' : 'This checkout is finished'
  const title = isExpired ? 'This checkout page has expired' : done
  const way = isExpired ? session.cancel_url : returnUrl(session)
  const label = isExpired ? 'Back to the store' : 'Continue to the store'
  return frame(
    title,
    html`<section class="card"><p class="total">${title}</p>${way ? html`<a href="${way}">${label}</a>` : ''}</section>`,
  )
}

/** The page for an id that no session has. */
export function missingPage(): string {
  return frame('Not found', html`<section class="card"><p class="total">No such checkout page</p></section>`)
}

/** Where the buyer goes after paying. */
export function returnUrl(session: Session): string {
  const url = (session.success_url ?? '').replaceAll('{CHECKOUT_SESSION_ID}', session.id)
  // Through URL, because a header takes no letters beyond Latin-1.
  return new URL(url).href
}

function frame(title: string, content: unknown): string {
  return String(html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title} – local payment page</title><style>${raw(HOSTED_STYLE)}</style></head>
<body><p class="notice">A local stand-in for Stripe Checkout. No real money moves; never type a real card.</p>
<main>${content}</main></body></html>`)
}

function moneyOf(session: Session) {
  return (amount: number | null) => formatAmount(amount ?? 0, session.currency ?? 'eur')
}

function lineRow(line: LineItem) {
  const amount = formatAmount(line.amount_subtotal, line.currency)
  const each =
    line.quantity === 1 ? '' : `${line.quantity} × ${formatAmount(line.price?.unit_amount ?? 0, line.currency)}`
  return html`<tr><th scope="row">${line.description}<small>${each}</small></th><td>${amount}</td></tr>`
}

function totalRows(world: World, session: Session) {
  const money = moneyOf(session)
  const { amount_discount = 0, amount_tax = 0 } = session.total_details ?? {}
  const code = world.books.promotionCodes.get(session.discounts?.[0]?.promotion_code ?? '')?.code
  const name = code ?? couponOf(world, session)?.name ?? ''
  const discount = html`<tr><th scope="row">Discount <small>${name}</small></th><td>−${money(amount_discount)}</td></tr>`
  const taxLabel = `Tax (${TAX_PERCENT}%${isTaxAdded(session) ? '' : ' included'})`
  const tax = html`<tr><th scope="row">${taxLabel}</th><td>${money(amount_tax)}</td></tr>`
  return html`<tr><th scope="row">Subtotal</th><td>${money(session.amount_subtotal)}</td></tr>
    ${amount_discount > 0 ? discount : ''}${amount_tax > 0 ? tax : ''}
    <tr class="sum"><th scope="row">Total due</th><td>${money(session.amount_total)}</td></tr>`
}

function isTaxAdded(session: Session): boolean {
  const { amount_discount = 0 } = session.total_details ?? {}
  return session.amount_total !== (session.amount_subtotal ?? 0) - amount_discount
}

function payForm(session: Session, filled: Filled) {
  const isFree = session.amount_total === 0
  const action = isFree ? 'Complete order' : `Pay ${moneyOf(session)(session.amount_total)}`
  const said = session.custom_text.submit?.message
  return html`<form class="pay" method="post" action="/checkout/${session.id}">
    ${filled.error ? html`<p class="error" role="alert">${filled.error}</p>` : ''}
    ${emailField(session, filled)}
    ${isFree ? '' : cardField(session, filled)}
    ${session.consent_collection?.terms_of_service === 'required' ? termsField(session, filled) : ''}
    <button class="main" name="action" value="pay">${action}</button>
    ${said ? html`<small>${said}</small>` : ''}
    ${session.cancel_url ? html`<a class="cancel" href="${session.cancel_url}">Cancel and go back</a>` : ''}
    ${session.allow_promotion_codes ? codeField(filled) : ''}
    ${isFree ? '' : testCards(session)}
  </form>`
}

function emailField(session: Session, filled: Filled) {
  const { customer_email } = session
  const lock = customer_email === null ? '' : 'readonly'
  return html`<label>Email
    <input name="email" type="email" autocomplete="email" required ${lock} value="${customer_email ?? filled.email ?? ''}"></label>`
}

function cardField(session: Session, filled: Filled) {
  const label = isDelayedOffered(session) ? 'Test card or account' : 'Test card'
  return html`<label>${label}
    <input name="card" autocomplete="off" required placeholder="4242 4242 4242 4242" value="${filled.card ?? ''}"></label>`
}

// After the main button, because the first one of a form is what Enter presses.
function codeField(filled: Filled) {
  return html`<div class="code"><label>Promotion code
    <input name="promotion_code" autocomplete="off" value="${filled.promotion_code ?? ''}"></label>
    <button name="action" value="apply" formnovalidate>Apply</button></div>`
}

function termsField(session: Session, filled: Filled) {
  const said = session.custom_text.terms_of_service_acceptance?.message ?? 'I agree to the terms of service.'
  return html`<label class="check"><input type="checkbox" name="terms" value="accepted" required ${filled.terms === 'accepted' ? 'checked' : ''}> <span>${said}</span></label>`
}

function testCards(session: Session) {
  const delayed = html`<h2>Decided ${SETTLE_SECONDS} seconds later</h2><ul>
    <li><code>AT611904300234573201</code> or <code>async</code> succeeds</li>
    <li><code>AT861904300235473202</code> or <code>async_fail</code> fails</li></ul>`
  return html`<section class="tests" aria-label="Test cards"><h2>Test cards</h2><ul>
    <li><code>4242 4242 4242 4242</code> succeeds</li>
    <li><code>4000 0000 0000 0002</code> is declined</li>
    <li><code>4000 0000 0000 9995</code> has insufficient funds</li>
    <li><code>4000 0000 0000 0259</code> succeeds, then is disputed as fraudulent</li>
    <li><code>4000 0000 0000 1976</code> succeeds, then brings an inquiry</li>
    <li><code>4000 0000 0000 5423</code> succeeds with an early fraud warning</li>
    <li><code>4000 0000 0000 7726</code> succeeds; refunds take a while</li>
    <li><code>4000 0000 0000 5126</code> succeeds; refunds fail afterwards</li>
  </ul>${isDelayedOffered(session) ? delayed : ''}</section>`
}

function isDelayedOffered(session: Session): boolean {
  return session.payment_method_types.includes(delayedTypeOf(session.currency ?? '') ?? 'none')
}
