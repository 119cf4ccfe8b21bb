import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { signSvix } from '../../local/mail/sign-svix.ts'
import { addDemoProducts } from '../support/demo-products.ts'
import { MAIL_WEBHOOK_SECRET, startPlatform, type TestPlatform } from '../support/platform.ts'
import { enterByLink, sell } from '../support/portal.ts'
import { expectErrors } from '../support/quiet.ts'
import { post, postAs } from '../support/sale.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())

let number = 0
const newAddress = () => `mailbox${++number}@example.com`

type Signed = { at?: Date; secret?: string; id?: string; headers?: Record<string, string>; body?: string }

/** Sends a delivery as Svix does. */
async function deliver(event: object, signed: Signed = {}): Promise<number> {
  const { at = new Date(), secret = MAIL_WEBHOOK_SECRET, id = `msg_${++number}`, headers = {} } = signed
  const payload = JSON.stringify(event)
  const answer = await fetch(`${platform.siteUrl}/resend_webhook`, {
    method: 'POST',
    body: signed.body ?? payload,
    headers: { 'content-type': 'application/json', ...signSvix({ id, payload }, secret, at), ...headers },
  })
  await answer.arrayBuffer()
  return answer.status
}

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
const event = (type: string, email_id: string, created_at: string, more: object = {}) => ({
  type: `email.${type}`,
  created_at,
  data: { email_id, from: 'shop@example.com', to: ['whoever@the.event.says'], subject: 'Hi', created_at, ...more },
})
const hard = { bounce: { type: 'Permanent', subType: 'General', message: 'no such mailbox' } }
const soft = { bounce: { type: 'Transient', subType: 'MailboxFull', message: 'full' } }

/** A sale whose receipt has gone out, and what Resend calls that mail. */
async function sold(email = newAddress()) {
  const order = await sell(platform, email)
  const [row] = await platform.rows<{ resend_id: string }>('select resend_id from emails where id = $1', [
    `receipt:${order.orderId}`,
  ])
  return { email, ...order, resendId: row?.resend_id ?? '' }
}

const stateOf = async (email: string) =>
  (await platform.rows<{ state: string }>('select state from mail_addresses where address = $1', [email]))[0]?.state ??
  null
const deliveryOf = async (resendId: string) =>
  (await platform.rows<{ delivery: string | null }>('select delivery from emails where resend_id = $1', [resendId]))[0]
    ?.delivery
const notices = async () => {
  await platform.work()
  return (await platform.mails()).filter(({ idempotency_key: key }) => key?.startsWith('seller_mail_returned:'))
}

describe('who may report', () => {
  const bounce = () => event('bounced', 're_nobodys', minutesAgo(1), hard)

  it.each([
    ['no id', { 'svix-id': '' }],
    ['no timestamp', { 'svix-timestamp': '' }],
    ['no signature', { 'svix-signature': '' }],
    ['a signature of another version', { 'svix-signature': 'v2,aaaa' }],
    ['an empty digest', { 'svix-signature': 'v1,' }],
    ['a digest that is too short', { 'svix-signature': 'v1,aaaa' }],
    ['another id', { 'svix-id': 'msg_another' }],
    ['another time', { 'svix-timestamp': String(Math.floor(Date.now() / 1000) - 1) }],
    ['a time that is no number', { 'svix-timestamp': '1e9' }],
  ])('I4 nobody with %s', async (_what, headers) => {
    expect(await deliver(bounce(), { headers })).toBe(400)
  })

  it('I4 nobody with a stranger’s secret, or another body', async () => {
    const secret = `whsec_${Buffer.from('a stranger knows only this').toString('base64')}`
    expect(await deliver(bounce(), { secret })).toBe(400)
    expect(await deliver(bounce(), { body: JSON.stringify({ ...bounce(), type: 'email.delivered' }) })).toBe(400)
  })

  it.each([
    [-6, 400],
    [-4, 200],
    [4, 200],
    [6, 400],
  ])('I4 a delivery signed %i minutes from now is answered %i', async (minutes, status) => {
    expect(await deliver(bounce(), { at: new Date(Date.now() + minutes * 60_000) })).toBe(status)
  })

  it('either secret while one is rolled, in any place of the list of signatures', async () => {
    const next = `whsec_${Buffer.from('the secret that comes after it').toString('base64')}`
    process.env.RESEND_WEBHOOK_SECRET = `${next},${MAIL_WEBHOOK_SECRET}`
    try {
      expect(await deliver(bounce())).toBe(200)
      expect(await deliver(bounce(), { secret: next })).toBe(200)
      const at = new Date()
      const one = bounce()
      const own = signSvix({ id: 'msg_list', payload: JSON.stringify(one) }, next, at)['svix-signature']
      const headers = { 'svix-signature': `v1,AAAA v1a,AAAA ${own}` }
      expect(await deliver(one, { id: 'msg_list', at, headers })).toBe(200)
    } finally {
      process.env.RESEND_WEBHOOK_SECRET = MAIL_WEBHOOK_SECRET
    }
  })

  it.each([undefined, '', 'undefined', 'whsec_', 'whsec_c2hvcnQ=', 'a text that is no such secret'])(
    'nobody while the secret is %j: 503',
    async (value) => {
      expectErrors()
      if (value === undefined) delete process.env.RESEND_WEBHOOK_SECRET
      else process.env.RESEND_WEBHOOK_SECRET = value
      try {
        expect(await deliver(bounce())).toBe(503)
      } finally {
        process.env.RESEND_WEBHOOK_SECRET = MAIL_WEBHOOK_SECRET
      }
    },
  )

  it('answers 405 to a GET, 413 to more than 256 KB, 400 to what is no JSON', async () => {
    expect((await fetch(`${platform.siteUrl}/resend_webhook`)).status).toBe(405)
    expect(await deliver({ padding: 'x'.repeat(262_144) })).toBe(413)
    const payload = 'not json'
    const headers = signSvix({ id: 'msg_1', payload }, MAIL_WEBHOOK_SECRET, new Date())
    const answer = await fetch(`${platform.siteUrl}/resend_webhook`, { method: 'POST', body: payload, headers })
    expect(answer.status).toBe(400)
  })

  it.each([
    {},
    [],
    null,
    7,
    { type: 'email.bounced' },
    { type: 'email.bounced', created_at: 'x', data: { email_id: 'y' } },
  ])('acknowledges what tells nothing, and writes nothing: %j', async (body) => {
    expect(await deliver(body as object)).toBe(200)
  })
})

describe('what a report does', () => {
  it('F35 a hard bounce flags the address: in the portal, on the order, in a note to the seller, and nothing is sent again', async () => {
    const { email, orderId, sessionId, resendId } = await sold()
    expect(await deliver(event('bounced', resendId, minutesAgo(1), hard))).toBe(200)
    expect([await deliveryOf(resendId), await stateOf(email)]).toEqual(['bounced', 'bounced'])
    const order = (await (await post(platform, '/get_entitlements', { session_id: sessionId })).json()) as {
      notice: string
    }
    expect(order.notice).toBe('bounced')
    const cookie = await enterByLink(platform, email)
    const portal = (await (await postAs(platform, '/get_purchases', {}, { cookie })).json()) as { banner: string }
    expect(portal.banner).toBe('bounced')
    const told = (await notices()).filter(({ text }) => text.includes(orderId))
    expect(told).toHaveLength(1)
    expect(JSON.stringify(told)).not.toContain(email)
    expect(
      (await platform.mails()).filter(({ idempotency_key: key }) => key?.startsWith(`receipt:${orderId}`)),
    ).toHaveLength(1)
  })

  it('F35 so does a complaint, which later deliveries do not heal', async () => {
    const { email, resendId } = await sold()
    await deliver(event('delivered', resendId, minutesAgo(3)))
    await deliver(event('complained', resendId, minutesAgo(2)))
    expect(await stateOf(email)).toBe('complained')
    const next = await sold(email)
    await deliver(event('delivered', next.resendId, minutesAgo(1)))
    expect([await stateOf(email), await deliveryOf(next.resendId)]).toEqual(['complained', 'delivered'])
  })

  it('a soft bounce flags the mail, not the address; a suppressed address is one that bounced', async () => {
    const first = await sold()
    await deliver(event('bounced', first.resendId, minutesAgo(1), soft))
    expect([await deliveryOf(first.resendId), await stateOf(first.email)]).toEqual(['soft_bounced', null])
    const second = await sold()
    await deliver(event('suppressed', second.resendId, minutesAgo(1), { suppressed: { type: 'x', message: 'y' } }))
    expect(await stateOf(second.email)).toBe('bounced')
  })

  it('I5 the same delivery again changes nothing, and nobody is told twice', async () => {
    const { orderId, resendId } = await sold()
    const bounce = event('bounced', resendId, minutesAgo(1), hard)
    const all = async () => platform.rows('select * from mail_addresses order by id')
    expect(await deliver(bounce, { id: 'msg_same' })).toBe(200)
    const before = await all()
    expect(await deliver(bounce, { id: 'msg_same' })).toBe(200)
    expect(await deliver(bounce, { id: 'msg_same' })).toBe(200)
    expect(await all()).toEqual(before)
    expect((await notices()).filter(({ text }) => text.includes(orderId))).toHaveLength(1)
  })

  it('I5 a mail that is not ours is acknowledged, and nothing is written', async () => {
    const counts = () =>
      platform.rows(
        'select (select count(*)::int from emails) as mails, (select count(*)::int from mail_addresses) as addresses',
      )
    const before = await counts()
    expect(await deliver(event('bounced', 're_of_another_app', minutesAgo(1), hard))).toBe(200)
    expect(
      await deliver(event('bounced', 're_2', minutesAgo(1), { ...hard, tags: { mail: 'receipt--ord_unknown' } })),
    ).toBe(200)
    expect(await counts()).toEqual(before)
  })

  it.each([
    [
      'delivered 3, bounced 2, delivered 1',
      [
        ['bounced', 2],
        ['delivered', 3],
        ['delivered', 1],
      ],
      'reached',
    ],
    [
      'bounced after a delivery',
      [
        ['bounced', 1],
        ['delivered', 2],
      ],
      'bounced',
    ],
    [
      'delivered after a bounce',
      [
        ['delivered', 1],
        ['bounced', 2],
      ],
      'reached',
    ],
    [
      'both at the same moment',
      [
        ['delivered', 1],
        ['bounced', 1],
      ],
      'bounced',
    ],
    [
      'both at the same moment, the other way round',
      [
        ['bounced', 1],
        ['delivered', 1],
      ],
      'bounced',
    ],
    [
      'a complaint and its delivery, out of order',
      [
        ['complained', 1],
        ['delivered', 2],
      ],
      'complained',
    ],
  ] as [string, [string, number][], string][])(
    'comes out the same in any order: %s',
    async (_what, reports, expected) => {
      const { email, resendId } = await sold()
      const times = new Map([1, 2, 3].map((minutes) => [minutes, minutesAgo(minutes)]))
      for (const [type, minutes] of reports)
        await deliver(event(type, resendId, times.get(minutes) ?? '', type === 'bounced' ? hard : {}))
      expect(await stateOf(email)).toBe(expected)
    },
  )

  it('is not lost when it is faster than our own note of what Resend calls the mail', async () => {
    const { email, orderId, resendId } = await sold()
    await platform.rows('update emails set resend_id = null, sent_at = null where id = $1', [`receipt:${orderId}`])
    await deliver(event('bounced', resendId, minutesAgo(1), { ...hard, tags: { mail: `receipt--${orderId}` } }))
    expect(await stateOf(email)).toBe('bounced')
  })

  it('about the seller’s own mails raises no note, which would come back as well', async () => {
    const { orderId } = await sold()
    const [row] = await platform.rows<{ resend_id: string }>('select resend_id from emails where id = $1', [
      `seller_sale:${orderId}`,
    ])
    const before = (await notices()).length
    await deliver(event('bounced', row?.resend_id ?? '', minutesAgo(1), hard))
    expect((await notices()).length).toBe(before)
  })

  it('names no address in the log', async () => {
    const { email, resendId } = await sold()
    const lines: string[] = []
    const spies = (['info', 'warn'] as const).map((level) =>
      vi.spyOn(console, level).mockImplementation((...words) => void lines.push(words.join(' '))),
    )
    await deliver(event('bounced', resendId, minutesAgo(1), hard))
    await platform.work()
    for (const spy of spies) spy.mockRestore()
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.join('\n')).not.toContain(email)
  })
})
