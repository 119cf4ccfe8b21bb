import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Resend } from 'resend'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Ledger, openLedger } from '../../local/ledger.ts'
import { createMailEmulator, type MailEmulator } from '../../local/mail/mail-emulator.ts'

const secret = `whsec_${Buffer.from('a key that only the two of us know').toString('base64')}`
const resend = new Resend('re_local')
const authorization = { authorization: 'Bearer re_local' }

type Delivery = { payload: string; headers: { id: string; timestamp: string; signature: string } }

let ledger: Ledger
let store: ReturnType<typeof serve>
let url: string
let answer: number
let mail: MailEmulator
let inbox: ReturnType<typeof createInbox>

/** Collects deliveries; `next` waits for one. */
function createInbox() {
  const arrived: Delivery[] = []
  const waiting: ((delivery: Delivery) => void)[] = []
  return {
    put(delivery: Delivery) {
      const first = waiting.shift()
      if (first) first(delivery)
      else arrived.push(delivery)
    },
    next: () =>
      new Promise<Delivery>((resolve) => (arrived[0] ? resolve(arrived.shift() as Delivery) : waiting.push(resolve))),
  }
}

async function take(request: Request): Promise<Response> {
  const header = (name: string) => request.headers.get(`svix-${name}`) ?? ''
  const headers = { id: header('id'), timestamp: header('timestamp'), signature: header('signature') }
  inbox.put({ payload: await request.text(), headers })
  return new Response(null, { status: answer })
}

function send(to: string) {
  const body = {
    from: 'shop@example.com',
    to,
    subject: 'Receipt',
    text: 'Thanks',
    tags: [{ name: 'kind', value: 'receipt' }],
  }
  return mail.routes.request('/emails', { method: 'POST', headers: authorization, body: JSON.stringify(body) })
}

function verify({ payload, headers }: Delivery) {
  return resend.webhooks.verify({ payload, headers, webhookSecret: secret })
}

beforeEach(async () => {
  answer = 200
  inbox = createInbox()
  ledger = openLedger(':memory:')
  await new Promise<void>((ready) => {
    store = serve({ fetch: take, port: 0, hostname: '127.0.0.1' }, () => ready())
  })
  url = `http://127.0.0.1:${(store.address() as AddressInfo).port}/resend_webhook`
  mail = createMailEmulator({ ledger, webhook: { url, secret } })
})

afterEach(async () => {
  mail.stop()
  await new Promise((closed) => store.close(closed))
  ledger.close()
})

describe('the webhook', () => {
  it('reports a delivery that the SDK verifies', async () => {
    const { id } = await (await send('ada@example.com')).json()
    const event = verify(await inbox.next())
    expect(event).toMatchObject({
      type: 'email.delivered',
      data: { email_id: id, to: ['ada@example.com'], tags: { kind: 'receipt' } },
    })
  })

  it('reports a bounce of bounced@resend.dev', async () => {
    await send('bounced@resend.dev')
    expect(verify(await inbox.next())).toMatchObject({ type: 'email.bounced', data: { bounce: { type: 'Permanent' } } })
  })

  it('reports a delivery and a complaint of complained@resend.dev', async () => {
    await send('complained@resend.dev')
    const types = [verify(await inbox.next()).type, verify(await inbox.next()).type]
    expect(types.sort()).toEqual(['email.complained', 'email.delivered'])
  })

  it('does not pass with another secret', async () => {
    await send('ada@example.com')
    const { payload, headers } = await inbox.next()
    const webhookSecret = `whsec_${Buffer.from('another key').toString('base64')}`
    expect(() => resend.webhooks.verify({ payload, headers, webhookSecret })).toThrow('No matching signature')
  })

  it('comes again under the same id after a restart when the store refused it', async () => {
    answer = 500
    await send('ada@example.com')
    const first = await inbox.next()
    await expect.poll(() => ledger.list<{ attempts: number }>('mail_events')[0]?.attempts).toBe(1)
    mail.stop()
    answer = 200
    const later = new Date(Date.now() + 5000)
    mail = createMailEmulator({ ledger, webhook: { url, secret }, now: () => later })
    const second = await inbox.next()
    expect(second.headers.id).toBe(first.headers.id)
    expect(second.payload).toBe(first.payload)
    await expect.poll(() => ledger.list('mail_events')).toEqual([])
  })

  it('is silent about mails that are not sent through Resend', async () => {
    mail.receive({ to: 'ada@example.com', from: 'id@example.com', subject: 'Hi', html: '<p>Hi</p>', text: 'Hi' })
    expect(ledger.list('mail_events')).toEqual([])
  })
})
