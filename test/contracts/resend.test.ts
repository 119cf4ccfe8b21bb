import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Resend } from 'resend'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Ledger, openLedger } from '../../local/ledger.ts'
import { createMailEmulator } from '../../local/mail/mail-emulator.ts'

const receipt = {
  from: 'Till <shop@example.com>',
  to: 'ada@example.com',
  subject: 'Your receipt',
  html: '<p>Thank you</p>',
  text: 'Thank you',
}

let ledger: Ledger
let server: ReturnType<typeof serve>
let origin: string
let resend: Resend
let time: Date

async function start(requestsPerSecond: number) {
  const mail = createMailEmulator({ ledger, now: () => time, requestsPerSecond })
  await new Promise<void>((ready) => {
    server = serve({ fetch: mail.routes.fetch, port: 0, hostname: '127.0.0.1' }, () => ready())
  })
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  resend = new Resend('re_local', { baseUrl: origin })
  return mail
}

async function stop() {
  await new Promise((closed) => server.close(closed))
}

async function mailbox() {
  return (await fetch(`${origin}/mail.json`)).json()
}

beforeEach(async () => {
  time = new Date('2026-11-20T10:00:00.000Z')
  ledger = openLedger(':memory:')
  await start(100)
})

afterEach(async () => {
  await stop()
  ledger.close()
})

describe('POST /emails', () => {
  it('accepts a mail and puts it into the mailbox', async () => {
    const { data, error } = await resend.emails.send(receipt, { idempotencyKey: 'receipt:ord_1' })
    expect(error).toBeNull()
    expect(await mailbox()).toEqual([
      {
        ...receipt,
        id: data?.id,
        to: ['ada@example.com'],
        idempotency_key: 'receipt:ord_1',
        created_at: time.toISOString(),
      },
    ])
  })

  it('lists the newest mail first', async () => {
    for (const subject of ['one', 'two']) await resend.emails.send({ ...receipt, subject })
    expect((await mailbox()).map((mail: { subject: string }) => mail.subject)).toEqual(['two', 'one'])
  })

  it('keeps what it has answered when it is started again', async () => {
    await resend.emails.send(receipt, { idempotencyKey: 'k' })
    await stop()
    await start(100)
    await resend.emails.send(receipt, { idempotencyKey: 'k' })
    expect(await mailbox()).toHaveLength(1)
  })

  it('keeps copies, headers, tags and attachments', async () => {
    const extra = { cc: ['cc@example.com'], replyTo: 'help@example.com', headers: { 'X-Order': 'ord_1' } }
    const attachments = [{ filename: 'a.txt', content: Buffer.from('hello') }]
    const tags = [{ name: 'kind', value: 'receipt' }]
    const sent = await resend.emails.send({ ...receipt, ...extra, attachments, tags })
    const { data } = await resend.emails.get(sent.data?.id ?? '')
    expect(data).toMatchObject({ cc: ['cc@example.com'], bcc: null, reply_to: ['help@example.com'], tags })
    const page = await (await fetch(`${origin}/mail/${sent.data?.id}`)).text()
    expect(page).toContain('X-Order')
    expect(page).toContain('a.txt')
  })
})

describe('the idempotency key', () => {
  it('gives the same id and one mail for the same payload', async () => {
    const first = await resend.emails.send(receipt, { idempotencyKey: 'k' })
    const second = await resend.emails.send(receipt, { idempotencyKey: 'k' })
    expect(second.data).toEqual(first.data)
    expect(await mailbox()).toHaveLength(1)
  })

  it('refuses another payload with 409', async () => {
    await resend.emails.send(receipt, { idempotencyKey: 'k' })
    const { error } = await resend.emails.send({ ...receipt, subject: 'Another' }, { idempotencyKey: 'k' })
    expect(error).toMatchObject({ statusCode: 409, name: 'invalid_idempotent_request' })
    expect(await mailbox()).toHaveLength(1)
  })

  it('is forgotten after 24 hours', async () => {
    await resend.emails.send(receipt, { idempotencyKey: 'k' })
    time = new Date(time.getTime() + 24 * 3600 * 1000)
    await resend.emails.send(receipt, { idempotencyKey: 'k' })
    expect(await mailbox()).toHaveLength(2)
  })

  it('is free again after a refusal', async () => {
    const refused = await resend.emails.send({ ...receipt, to: 'nobody' }, { idempotencyKey: 'k' })
    expect(refused.error?.statusCode).toBe(422)
    const { error } = await resend.emails.send(receipt, { idempotencyKey: 'k' })
    expect(error).toBeNull()
  })

  it('has 1 to 256 characters', async () => {
    const { error } = await resend.emails.send(receipt, { idempotencyKey: 'k'.repeat(257) })
    expect(error).toMatchObject({ statusCode: 400, name: 'invalid_idempotency_key' })
    expect((await resend.emails.send(receipt, { idempotencyKey: 'k'.repeat(256) })).error).toBeNull()
    const headers = { authorization: 'Bearer re_local', 'idempotency-key': '' }
    const empty = await fetch(`${origin}/emails`, { method: 'POST', headers, body: JSON.stringify(receipt) })
    expect(empty.status).toBe(400)
  })

  it('is taken while the first request is in flight', async () => {
    const { routes } = createMailEmulator({ ledger, now: () => time })
    const headers = { authorization: 'Bearer re_local', 'idempotency-key': 'k' }
    const body = new TransformStream<Uint8Array, Uint8Array>()
    const first = routes.request('/emails', {
      method: 'POST',
      headers,
      body: body.readable,
      duplex: 'half',
    } as RequestInit)
    const second = await routes.request('/emails', { method: 'POST', headers, body: JSON.stringify(receipt) })
    expect(second.status).toBe(409)
    expect(await second.json()).toMatchObject({ statusCode: 409, name: 'concurrent_idempotent_requests' })
    const writer = body.writable.getWriter()
    await writer.write(new TextEncoder().encode(JSON.stringify(receipt)))
    await writer.close()
    expect((await first).status).toBe(200)
  })
})

describe('the key of the account', () => {
  it('must be there', async () => {
    const answer = await fetch(`${origin}/emails`, { method: 'POST', body: JSON.stringify(receipt) })
    expect(answer.status).toBe(401)
    expect(await answer.json()).toEqual({ statusCode: 401, name: 'missing_api_key', message: 'Missing API Key' })
  })

  it('must look like one of Resend', async () => {
    const { error } = await new Resend('sk_test_1', { baseUrl: origin }).emails.send(receipt)
    expect(error).toEqual({ statusCode: 403, name: 'invalid_api_key', message: 'API key is invalid' })
  })
})

describe('validation', () => {
  const wrong: [string, object, string, string][] = [
    ['no from', { from: undefined }, 'missing_required_field', 'Missing `from` field.'],
    ['no to', { to: undefined }, 'missing_required_field', 'Missing `to` field.'],
    ['no subject', { subject: undefined }, 'missing_required_field', 'Missing `subject` field.'],
    ['no content', { html: undefined, text: undefined }, 'validation_error', 'Missing `html` or `text` field.'],
    ['a malformed from', { from: 'Till' }, 'validation_error', 'Invalid `from` field.'],
    ['a malformed to', { to: ['ada@example.com', 'Ada'] }, 'validation_error', 'Invalid `to` field.'],
    ['two lines in to', { to: 'a\nb <ada@example.com>' }, 'validation_error', 'Invalid `to` field.'],
    ['no recipient', { to: [] }, 'validation_error', 'Invalid `to` field.'],
    ['51 recipients', { to: Array(51).fill('a@example.com') }, 'validation_error', 'The `to` field must not have more'],
    ['a subject of two lines', { subject: 'a\nb' }, 'validation_error', 'The `\\n` is not allowed'],
    ['html that is no text', { html: 5 }, 'validation_error', 'Invalid `html` field.'],
    ['a header that is no text', { headers: { 'X-A': 1 } }, 'validation_error', 'Invalid `headers` field.'],
    ['a tag with a space', { tags: [{ name: 'a', value: 'b c' }] }, 'validation_error', 'Tags should only contain'],
    ['an empty attachment', { attachments: [{ filename: 'a' }] }, 'invalid_attachment', 'Attachment must have'],
    ['a schedule', { scheduledAt: 'in 1 hour' }, 'validation_error', 'The local mailbox does not know'],
  ]

  it.each(wrong)('refuses %s', async (_, change, name, message) => {
    const { error } = await resend.emails.send({ ...receipt, ...change } as Parameters<Resend['emails']['send']>[0])
    expect(error).toEqual({ statusCode: 422, name, message: expect.stringContaining(message) })
    expect(await mailbox()).toEqual([])
  })

  it('refuses a body that is not JSON', async () => {
    const headers = { authorization: 'Bearer re_local' }
    const answer = await fetch(`${origin}/emails`, { method: 'POST', headers, body: '{' })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ statusCode: 400, name: 'validation_error' })
  })
})

describe('the rate limit', () => {
  it('is 5 requests in a second, counted down in the headers', async () => {
    const { routes } = createMailEmulator({ ledger, now: () => time })
    const send = () =>
      routes.request('/emails', {
        method: 'POST',
        headers: { authorization: 'Bearer re_local' },
        body: JSON.stringify(receipt),
      })
    const answers = []
    for (let i = 0; i < 6; i++) answers.push(await send())
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429])
    expect(answers.map(({ headers }) => headers.get('ratelimit-remaining'))).toEqual(['4', '3', '2', '1', '0', '0'])
    expect(answers[5]?.headers.get('retry-after')).toBe('1')
    time = new Date(time.getTime() + 1000)
    expect((await send()).status).toBe(200)
  })

  it('reaches the SDK as an error with headers', async () => {
    await stop()
    await start(1)
    await resend.emails.send(receipt)
    const { error, headers } = await resend.emails.send(receipt)
    expect(error).toMatchObject({ statusCode: 429, name: 'rate_limit_exceeded' })
    expect(headers).toMatchObject({ 'retry-after': '1', 'ratelimit-limit': '1' })
    expect(await mailbox()).toHaveLength(1)
  })
})

describe('POST /emails/batch', () => {
  it('sends all mails under one key', async () => {
    const batch = [receipt, { ...receipt, to: 'bob@example.com' }]
    const first = await resend.batch.send(batch, { idempotencyKey: 'b' })
    const again = await resend.batch.send(batch, { idempotencyKey: 'b' })
    expect(again.data).toEqual(first.data)
    expect((await mailbox()).map(({ id }: { id: string }) => id)).toEqual(
      first.data?.data.map(({ id }) => id).reverse(),
    )
  })

  it('sends none when one is wrong', async () => {
    const { error } = await resend.batch.send([receipt, { ...receipt, to: 'bob' }])
    expect(error?.statusCode).toBe(422)
    expect(await mailbox()).toEqual([])
  })

  it('sends the right ones when told to be permissive', async () => {
    const { data } = await resend.batch.send([{ ...receipt, to: 'bob' }, receipt], { batchValidation: 'permissive' })
    expect(data?.errors).toEqual([{ index: 0, message: expect.stringContaining('Invalid `to` field.') }])
    expect(await mailbox()).toHaveLength(1)
  })
})

describe('GET /emails/:id', () => {
  it('gives the mail back with its state', async () => {
    const sent = await resend.emails.send({ ...receipt, to: 'bounced+order1@resend.dev' })
    const { data } = await resend.emails.get(sent.data?.id ?? '')
    expect(data).toMatchObject({
      object: 'email',
      html: receipt.html,
      to: ['bounced+order1@resend.dev'],
      last_event: 'bounced',
    })
  })

  it('knows no other mails', async () => {
    const { error } = await resend.emails.get('5b4fe01c-3f2e-4a51-9df1-111111111111')
    expect(error).toEqual({ statusCode: 404, name: 'not_found', message: 'Email not found' })
    expect((await resend.emails.get('1')).error?.statusCode).toBe(422)
  })
})

describe('the mailbox for people', () => {
  it('shows an empty mailbox, then a mail with everything escaped', async () => {
    const mail = createMailEmulator({ ledger, now: () => time })
    expect(mail.panel()).toContain('No mail yet')
    mail.receive({
      to: 'eve@example.com',
      from: 'id@example.com',
      subject: '<b>Hi',
      html: '<a href="/x">x</a>',
      text: '<x>',
    })
    expect(mail.panel()).toContain('&lt;b&gt;Hi')
    const [{ id }] = await mailbox()
    const page = await (await fetch(`${origin}/mail/${id}`)).text()
    expect(page).toContain('srcdoc="&lt;base target=&quot;_blank&quot;&gt;&lt;a href=&quot;/x&quot;&gt;x&lt;/a&gt;"')
    expect(page).toContain('&lt;x&gt;')
    expect((await resend.emails.get(id)).error?.statusCode).toBe(404)
  })

  it('serves the message alone, unchanged and without scripts', async () => {
    const sent = await resend.emails.send(receipt)
    const message = await fetch(`${origin}/mail/${sent.data?.id}.html`)
    expect(await message.text()).toBe(receipt.html)
    expect(message.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect((await fetch(`${origin}/mail/unknown.html`)).status).toBe(404)
    expect((await fetch(`${origin}/mail/unknown`)).status).toBe(404)
  })
})
