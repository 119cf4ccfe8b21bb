import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buy, chargeOf, checkout, line, openStage, pay, type Stage } from './stripe-stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

const types = () => stage.received.map((event) => event.type)

describe('the hosted payment page', () => {
  it('takes a payment, tells the store first, then sends the buyer back', async () => {
    const session = await stage.stripe.checkout.sessions.create(checkout({ metadata: { order: 'o1' } }))
    expect(session).toMatchObject({
      status: 'open',
      payment_status: 'unpaid',
      payment_intent: null,
      amount_total: 1900,
    })
    const page = await fetch(session.url ?? '')
    expect(await page.text()).toContain('Field guide')
    const back = await pay(session)
    expect(back.status).toBe(303)
    expect(back.headers.get('location')).toBe(`https://store.example/success/?session_id=${session.id}`)
    expect(types()).toContain('checkout.session.completed')
    const paid = await stage.stripe.checkout.sessions.retrieve(session.id)
    expect(paid).toMatchObject({ status: 'complete', payment_status: 'paid', url: null, metadata: { order: 'o1' } })
    expect(paid.customer_details?.email).toBe('ada@example.com')
  })

  it('charges once, however often and however simultaneously the form is sent', async () => {
    const session = await stage.stripe.checkout.sessions.create(checkout())
    const answers = await Promise.all(Array.from({ length: 8 }, () => pay(session)))
    expect(answers.map((answer) => answer.status)).toEqual(Array(8).fill(303))
    expect((await stage.stripe.charges.list()).data).toHaveLength(1)
    expect(types().filter((type) => type === 'checkout.session.completed')).toHaveLength(1)
  })

  it('says why a card is declined and lets the buyer try again with the same intent', async () => {
    const session = await stage.stripe.checkout.sessions.create(checkout())
    const declined = await pay(session, { card: '4000000000000002' })
    expect(await declined.text()).toContain('Your card was declined.')
    expect(await (await pay(session, { card: '4000000000009995' })).text()).toContain('insufficient funds')
    const open = await stage.stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] })
    expect(open).toMatchObject({ status: 'open', payment_status: 'unpaid' })
    expect(open.payment_intent).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'card_declined', decline_code: 'insufficient_funds', type: 'card_error' },
    })
    await pay(session)
    const charges = await stage.stripe.charges.list({ payment_intent: (open.payment_intent as { id: string }).id })
    expect(charges.data.map((charge) => charge.status)).toEqual(['succeeded', 'failed', 'failed'])
  })

  it('refuses what is no test card, no address, or no card at all', async () => {
    const session = await stage.stripe.checkout.sessions.create(checkout())
    expect(await (await pay(session, { card: '4242424242424241' })).text()).toContain('card number is invalid')
    expect(await (await pay(session, { card: '4111111111111111' })).text()).toContain('not a test card')
    expect(await (await pay(session, { email: 'nobody' })).text()).toContain('valid email')
    expect((await stage.stripe.paymentIntents.list()).data).toEqual([])
  })

  it('completes a delayed payment unpaid and settles it later', async () => {
    const session = await buy(stage, 'async')
    expect(session).toMatchObject({ status: 'complete', payment_status: 'unpaid' })
    expect(chargeOf(session)).toMatchObject({ status: 'pending', paid: false })
    await stage.pass(10)
    expect(types()).toContain('checkout.session.async_payment_succeeded')
    const paid = await stage.stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] })
    expect(paid).toMatchObject({
      payment_status: 'paid',
      payment_intent: { status: 'succeeded', amount_received: 1900 },
    })
  })

  it('tells of a delayed payment that fails', async () => {
    const session = await buy(stage, 'AT861904300235473202')
    await stage.pass(10)
    expect(types()).toContain('checkout.session.async_payment_failed')
    const failed = await stage.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['payment_intent.latest_charge'],
    })
    expect(failed).toMatchObject({ status: 'complete', payment_status: 'unpaid' })
    expect(chargeOf(failed).status).toBe('failed')
  })

  it('offers delayed methods only where the session allows them', async () => {
    const session = await stage.stripe.checkout.sessions.create(checkout({ allowed_payment_method_types: ['card'] }))
    expect(session.payment_method_types).toEqual(['card'])
    expect(await (await pay(session, { card: 'async' })).text()).toContain('not accepted here')
  })

  it('completes an order of nothing without a card and without an intent', async () => {
    const free = await stage.stripe.checkout.sessions.create(checkout({ line_items: [line('Sample', 0)] }))
    expect((await pay(free, { card: '' })).status).toBe(303)
    const done = await stage.stripe.checkout.sessions.retrieve(free.id)
    expect(done).toMatchObject({ payment_status: 'no_payment_required', payment_intent: null, amount_total: 0 })
    expect(types()).toEqual(['checkout.session.completed'])
  })

  it('adds a tenth of tax to exclusive prices and finds it in inclusive ones', async () => {
    const price = { currency: 'eur', unit_amount: 1100, product_data: { name: 'Font' } }
    const session = await stage.stripe.checkout.sessions.create(
      checkout({
        automatic_tax: { enabled: true },
        line_items: [
          { quantity: 1, price_data: { ...price, tax_behavior: 'inclusive' } },
          { quantity: 2, price_data: { ...price, tax_behavior: 'exclusive' } },
        ],
      }),
    )
    expect(session).toMatchObject({ amount_total: 3300, automatic_tax: { status: 'requires_location_inputs' } })
    expect(await (await fetch(session.url ?? '')).text()).toContain('€35.20')
    await pay(session)
    const paid = await stage.stripe.checkout.sessions.retrieve(session.id, { expand: ['line_items', 'payment_intent'] })
    expect(paid).toMatchObject({ amount_subtotal: 3300, amount_total: 3520, total_details: { amount_tax: 320 } })
    expect(paid.automatic_tax.status).toBe('complete')
    expect(paid.payment_intent).toMatchObject({ amount: 3520 })
    expect(paid.line_items?.data.map((item) => [item.amount_tax, item.amount_total])).toEqual([
      [100, 1100],
      [220, 2420],
    ])
  })

  it('insists on the terms of service where the session does', async () => {
    const wish = checkout({ consent_collection: { terms_of_service: 'required' } })
    const session = await stage.stripe.checkout.sessions.create(wish)
    expect(await (await pay(session)).text()).toContain('must accept the terms')
    await pay(session, { terms: 'accepted' })
    const paid = await stage.stripe.checkout.sessions.retrieve(session.id)
    expect(paid).toMatchObject({ status: 'complete', consent: { terms_of_service: 'accepted' } })
  })

  it('gives a returning buyer a customer where the session asks for one', async () => {
    const session = await buy(stage, undefined, { customer_creation: 'always' })
    const read = await stage.stripe.checkout.sessions.retrieve(session.id, { expand: ['customer'] })
    expect(read.customer).toMatchObject({ object: 'customer', email: 'ada@example.com' })
  })

  it('escapes what the store wrote', async () => {
    const session = await stage.stripe.checkout.sessions.create(checkout({ line_items: [line('<b>"Bold"</b>', 900)] }))
    expect(await (await fetch(session.url ?? '')).text()).toContain('&lt;b&gt;&quot;Bold&quot;&lt;/b&gt;')
  })

  it('takes nothing on an expired page', async () => {
    const session = await stage.stripe.checkout.sessions.create(checkout({ expires_at: stage.state.now + 1800 }))
    stage.state.now += 1800
    expect(await (await fetch(session.url ?? '')).text()).toContain('has expired')
    expect(await (await pay(session)).text()).toContain('has expired')
    await stage.pass(0)
    expect(types()).toEqual(['checkout.session.expired'])
    expect((await fetch(`${stage.base}/checkout/cs_test_none`)).status).toBe(404)
  })
})
