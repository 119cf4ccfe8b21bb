import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMailer } from '../../adapters/resend.ts'
import { answeringServer, type Reply } from './answering-server.ts'

const MAIL = { id: 'receipt:ord_1', to: 'buyer@example.com', subject: 'S', html: '<p>H</p>', text: 'T' }
const error = (statusCode: number, name: string, headers = {}): Reply => ({
  status: statusCode,
  body: { statusCode, name, message: 'why' },
  headers,
})

async function send(...replies: Reply[]) {
  await using server = await answeringServer(...replies)
  const mailer = createMailer({
    apiKey: 're_test',
    baseUrl: server.origin,
    from: 'Shop <shop@example.com>',
    replyTo: 'help@example.com',
  })
  return { result: await mailer.send(MAIL), requests: server.requests }
}

afterEach(() => vi.restoreAllMocks())

describe('send', () => {
  it('sends once, under the id of the mail', async () => {
    const { result, requests } = await send({ status: 200, body: { id: 'resend-1' } })
    expect(result).toEqual({ outcome: 'sent', resendId: 'resend-1' })
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({ 'idempotency-key': 'receipt:ord_1', authorization: 'Bearer re_test' })
  })

  it.each([
    [400, 'invalid_idempotency_key', true],
    [403, 'validation_error', true],
    [404, 'not_found', true],
    [422, 'validation_error', true],
    [429, 'rate_limit_exceeded', false],
    [429, 'daily_quota_exceeded', false],
  ])('knows that %i %s did not send; final: %s', async (status, name, final) => {
    const { result, requests } = await send(error(status, name))
    expect(result).toEqual({ outcome: 'refused', final, reason: `${name}: why`, retryAfter: 0 })
    expect(requests).toHaveLength(1)
  })

  it.each([
    [401, 'missing_api_key'],
    [401, 'restricted_api_key'],
    [403, 'invalid_api_key'],
  ])(
    'does not give a mail up because our key is refused (%i %s), and asks again in ten minutes',
    async (status, name) => {
      const { result } = await send(error(status, name))
      expect(result).toEqual({ outcome: 'refused', final: false, reason: `${name}: why`, retryAfter: 600 })
    },
  )

  it.each([
    ['7', 7],
    ['soon', 0],
  ])('hands on Retry-After: %s as %i s', async (header, retryAfter) => {
    const { result } = await send(error(429, 'rate_limit_exceeded', { 'retry-after': header }))
    expect(result).toMatchObject({ outcome: 'refused', retryAfter })
  })

  it('tells other bytes under this key from a send that is under way', async () => {
    expect((await send(error(409, 'invalid_idempotent_request'))).result).toMatchObject({ outcome: 'conflict' })
    expect((await send(error(409, 'concurrent_idempotent_requests'))).result).toMatchObject({ outcome: 'unknown' })
  })

  it.each<[string, Reply]>([
    ['a 500', error(500, 'internal_server_error')],
    ['a 503 that is a page', { status: 503, body: '<html>down</html>', headers: { 'content-type': 'text/html' } }],
    ['a hang-up', 'reset'],
    ['a 200 without an id', { status: 200, body: {} }],
    ['a 200 that is cut off', { status: 200, body: '{"id":"re' }],
  ])('does not pretend to know how %s ended', async (_what, reply) => {
    expect((await send(reply)).result).toMatchObject({ outcome: 'unknown', reason: expect.stringMatching(/./) })
  })

  it('gives up on silence within 8 s, and does not know how it ended', async () => {
    const timeout = AbortSignal.timeout.bind(AbortSignal)
    const asked = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout(20))
    expect((await send('hang')).result).toMatchObject({ outcome: 'unknown' })
    expect(asked).toHaveBeenCalledExactlyOnceWith(8_000)
  })
})
