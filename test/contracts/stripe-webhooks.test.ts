import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buy, checkout, openStage, pay, type Stage } from './stripe-stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage({ enabledEvents: ['checkout.session.*'], isDurable: true })
})
afterEach(() => stage.close())

const types = () => stage.received.map((event) => event.type)

describe('webhook deliveries', () => {
  it('are signed, versioned snapshots that say what caused them', async () => {
    await buy(stage)
    const [event] = stage.received
    expect(event).toMatchObject({
      object: 'event',
      api_version: '2026-10-28.endive',
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      data: { object: { object: 'checkout.session', status: 'complete' } },
    })
    const session = await stage.stripe.checkout.sessions.create(checkout(), { idempotencyKey: 'k1' })
    await stage.stripe.checkout.sessions.expire(session.id, undefined, { idempotencyKey: 'k2' })
    await stage.pass(0)
    expect(stage.received[1]?.request).toMatchObject({ id: expect.stringMatching(/^req_/), idempotency_key: 'k2' })
  })

  it('hold the redirect until the store has answered', async () => {
    const session = await stage.stripe.checkout.sessions.create(checkout())
    const order: string[] = []
    stage.state.answer = async () => {
      await stage.stripe.checkout.sessions.retrieve(session.id)
      order.push('answered')
      return 200
    }
    await pay(session)
    order.push('redirected')
    expect(order).toEqual(['answered', 'redirected'])
  })

  it('are repeated with growing delays until they are answered with 2xx', async () => {
    stage.state.answer = () => 500
    const began = stage.state.now
    await buy(stage)
    const tries: number[] = []
    stage.state.answer = () => {
      tries.push(stage.state.now - began)
      return 503
    }
    for (let second = 0; second < 120; second += 1) await stage.pass(1)
    expect(tries).toEqual([1, 3, 8, 18, 48, 108])
    stage.state.answer = () => 200
    await stage.pass(300)
    expect(types()).toEqual(['checkout.session.completed'])
    await stage.pass(300)
    expect(types()).toHaveLength(1)
  })

  it('are given up after three days and listed as undelivered', async () => {
    stage.state.answer = () => 500
    await buy(stage)
    for (let hour = 0; hour < 75; hour += 1) await stage.pass(3600)
    stage.state.answer = () => 200
    await stage.pass(3600)
    expect(stage.received).toEqual([])
    const undelivered = await stage.stripe.events.list({ delivery_success: false })
    expect(undelivered.data.map((event) => event.type)).toEqual(['checkout.session.completed'])
    expect(undelivered.data[0]?.pending_webhooks).toBe(0)
  })

  it('survive a kill right after the payment', async () => {
    stage.state.answer = () => 500
    const session = await buy(stage)
    stage.reopen()
    stage.state.answer = () => 200
    await stage.pass(1)
    expect(stage.received).toMatchObject([{ type: 'checkout.session.completed', data: { object: { id: session.id } } }])
    expect(await stage.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ payment_status: 'paid' })
  })

  it('can be dropped, which the store never hears of', async () => {
    stage.state.faults.push('drop')
    await buy(stage)
    await stage.pass(100_000)
    expect(stage.received).toEqual([])
    expect((await stage.stripe.events.list({ delivery_success: false })).data).toHaveLength(1)
  })

  it('can be delayed by 30 s, over a restart too', async () => {
    stage.state.faults.push('delay')
    await buy(stage)
    stage.reopen()
    await stage.pass(29)
    expect(stage.received).toEqual([])
    await stage.pass(1)
    expect(types()).toEqual(['checkout.session.completed'])
  })

  it('can come twice at once, as the same event', async () => {
    stage.state.faults.push('duplicate')
    await buy(stage)
    expect(types()).toEqual(['checkout.session.completed', 'checkout.session.completed'])
    expect(new Set(stage.received.map((event) => event.id)).size).toBe(1)
  })

  it('reach an endpoint made through the API, with its own secret and its own choice of events', async () => {
    const heard: { signature: string; body: string }[] = []
    const server = createServer(async (request: IncomingMessage, response) => {
      heard.push({ signature: String(request.headers['stripe-signature']), body: await text(request) })
      response.end()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const endpoint = await stage.stripe.webhookEndpoints.create({
      url: `http://127.0.0.1:${port}/hook`,
      enabled_events: ['charge.succeeded'],
      api_version: '2026-10-28.endive',
    })
    await buy(stage)
    await stage.pass(0)
    const [delivery] = heard
    const at = delivery?.signature.match(/t=(\d+)/)?.[1]
    const mac = createHmac('sha256', endpoint.secret ?? '')
      .update(`${at}.${delivery?.body}`)
      .digest('hex')
    expect(delivery?.signature).toBe(`t=${stage.state.now},v1=${mac}`)
    expect(heard.map(({ body }) => JSON.parse(body).type)).toEqual(['charge.succeeded'])
    expect(await stage.stripe.webhookEndpoints.retrieve(endpoint.id)).not.toHaveProperty('secret')
    await stage.stripe.webhookEndpoints.update(endpoint.id, { disabled: true })
    await buy(stage)
    await stage.pass(0)
    expect(heard).toHaveLength(1)
    expect((await stage.stripe.webhookEndpoints.list()).data).toHaveLength(2)
    expect(await stage.stripe.webhookEndpoints.del(endpoint.id)).toMatchObject({ deleted: true })
    expect((await stage.stripe.webhookEndpoints.list()).data).toMatchObject([
      { enabled_events: ['checkout.session.*'] },
    ])
    server.close()
    await once(server, 'close')
  })

  it('are made by the loop too, and stop() leaves none under way', async () => {
    stage.state.answer = () => 500
    await buy(stage)
    const delivered = new Promise<void>((resolve) => {
      stage.state.answer = () => {
        resolve()
        return 200
      }
    })
    stage.state.now += 1
    stage.emulator().start()
    await delivered
    await stage.emulator().stop()
    expect(types()).toEqual(['checkout.session.completed'])
    expect(await stage.emulator().deliverDue()).toBe(0)
  })
})
