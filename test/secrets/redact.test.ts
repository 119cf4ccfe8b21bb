import { describe, expect, it, vi } from 'vitest'
import { createLog } from '../../adapters/log.ts'
import { redact } from '../../adapters/redact.ts'
import { takeLeaks } from '../support/clean-logs.ts'
import { leaksOf } from '../support/log-leaks.ts'
import { expectErrors } from '../support/quiet.ts'

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJpdG1fMSJ9.c2lnbmF0dXJlLW9mLTQzLWxldHRlcnM'
const SESSION = 'cs_live_a1B2c3D4e5F6g7H8i9J0k1L2'

const HIDDEN: [string, string, string][] = [
  ['an address', 'no such mailbox: buyer@example.com, sorry', 'no such mailbox: [email], sorry'],
  ['one with a name', 'to Ann Buyer <ann.buyer+shop@mail.example.co.uk>', 'to Ann Buyer <[email]>'],
  ['one from abroad', 'Key (email)=(žofie@příklad.cz) exists', 'Key (email)=([email]) exists'],
  ['one in a query', 'GET /users?email=buyer%40example.com&page=2', 'GET /[email]&page=2'],
  ['a token', `GET /download?token=${JWT} failed`, 'GET /download?token=[token] failed'],
  ['a cookie', 'cookie: __Host-claim=q1w2e3; other=1', 'cookie: [token]; other=1'],
  ['an account', 'cookie: nf_jwt=abc.def; nf_refresh=xyz', 'cookie: [token]; [token]'],
  ['a bearer', 'authorization: Bearer abcdefgh12345', 'authorization: [token]'],
  ['a session', `No such checkout.session: '${SESSION}'`, "No such checkout.session: 'cs_live_…k1L2'"],
  ['a Stripe key', 'Invalid API Key provided: rk_live_51Habc', 'Invalid API Key provided: [secret]'],
  ['a signing secret', 'whsec_dGVzdA+/= is old', '[secret] is old'],
  ['a Resend key', 're_AbCd1234_abcdEFGH5678 refused', '[secret] refused'],
  ['a Resend key of this machine', `re_${'0af9'.repeat(16)} refused`, '[secret] refused'],
  ['a Netlify token', 'nfp_abcdef123 expired', '[secret] expired'],
  ['a database', 'postgres://till:pa55w0rd@ep-1.neon.tech/till', 'postgres://[secret]@ep-1.neon.tech/till'],
  [
    'a build hook',
    'POST https://api.netlify.com/build_hooks/5f1e2d failed',
    'POST https://api.netlify.com/build_hooks/[secret] failed',
  ],
  [
    'a signed address',
    'https://b.s3.example/k?X-Amz-Signature=0a1b&x=1',
    'https://b.s3.example/k?X-Amz-Signature=[secret]&x=1',
  ],
  ['a key', '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END', '[secret]'],
  ['a visitor', 'rate limit of 203.0.113.7 reached', 'rate limit of [address] reached'],
  ['a visitor, newer', 'from 2001:db8:85a3::8a2e:370:7334', 'from [address]'],
]

const LEFT = [
  'ord_0123 itm_4567 evt_89ab mail:receipt:ord_0123:3 refund:re_3AbC12345678 pi_3Abc',
  '2026-11-23T22:50:37.123Z took 00:00:12',
  'at sync (file:///srv/node_modules/@neondatabase/serverless/index.mjs:12:34)',
  'at stripe@23.1.0/cjs/Error.js:10:5, node 24.21.0',
  'connect ECONNREFUSED 127.0.0.1:5432, ::1, 0.0.0.0',
  'https://shop.example.com/store/book/?seen=1900-eur',
  'the token is not valid; see eyJ',
]

describe('redact', () => {
  it.each(HIDDEN)('hides %s', (_what, text, expected) => {
    expect(redact(text).replace(/…\w+/, `…${SESSION.slice(-4)}`)).toBe(expected)
  })

  it('leaves six characters of a session, by which it is found', () => {
    expect(redact(SESSION)).toBe('cs_live_…0k1L2'.replace('0k1L2', SESSION.slice(-6)))
  })

  it.each(LEFT)('leaves what is needed: %s', (text) => {
    expect(redact(text)).toBe(text)
  })

  it('cuts a long text, and no address in half', () => {
    expect(redact('é'.repeat(9_000))).toBe(`${'é'.repeat(8_000)}…`)
    expect(redact(`${'- '.repeat(3_997)}buyer@example.com${' -'.repeat(900)}`).slice(-10)).toBe(' - [email…')
    expect(redact(`${'- '.repeat(3_997)}buyer@example.com${' -'.repeat(900)}`)).not.toContain('buyer')
  })

  it.each(['a', 'a.', 'a:', '1.', 'eyJ', 'x@', '://'])('gets through a mebibyte of %s', (piece) => {
    expect(redact(piece.repeat(2 ** 20 / piece.length)).length).toBeLessThanOrEqual(8_001)
  })
})

describe('createLog', () => {
  const lineOf = (write: (log: ReturnType<typeof createLog>) => void) => {
    const lines: string[] = []
    const spies = (['info', 'warn', 'error'] as const).map((level) =>
      vi.spyOn(console, level).mockImplementation((line: string) => void lines.push(line)),
    )
    write(createLog({ request_id: 'r1' }))
    for (const spy of spies) spy.mockRestore()
    return JSON.parse(lines[0] ?? '{}') as Record<string, unknown>
  }

  it('writes one line of JSON, with the request and what happened, whatever is in it', () => {
    const line = lineOf((log) => log.warn('drift_found', { order_id: 'ord_1', stripe: 'a\n"b"\u2028c' }))
    expect(line).toEqual({
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      level: 'warn',
      event: 'drift_found',
      request_id: 'r1',
      order_id: 'ord_1',
      stripe: 'a\n"b"\u2028c',
    })
  })

  it.each(HIDDEN)('holds %s back in fields, in errors, and in what caused them', (_what, text) => {
    const cause = new Error(text, { cause: { toString: () => text } })
    const line = lineOf((log) => log.error('request_failed', new Error('outer', { cause }), { why: text }))
    expect(JSON.stringify(line)).not.toContain(JSON.stringify(text).slice(1, -1))
    expect(leaksOf(JSON.stringify({ ...line, why: '' }))).toEqual([])
  })
})

describe('the guard over all tests', () => {
  it.each(HIDDEN)('finds %s in a line', (_what, text) => {
    const line = (fields: object) => JSON.stringify({ at: 'now', level: 'info', event: 'x', ...fields })
    const known = !/^(authorization|https:\/\/b|POST|cookie: nf|from 2001)/.test(text)
    expect(leaksOf(line({ error: text })).length > 0).toBe(known)
    expect(leaksOf(line({ why: redact(text) })).length > 0).toBe(!text.includes(SESSION))
    expect(leaksOf(line({ error: redact(text) }))).toEqual([])
  })

  it('finds a line without a time, a level or an event', () => {
    expect(leaksOf('{"at":"now","level":"info"}')).toHaveLength(1)
    expect(leaksOf('{"at":"now","level":"info","event":"x"}')).toEqual([])
  })

  it('sees every line that a test writes, on every level, and fails it', () => {
    expectErrors()
    const log = createLog()
    log.info('x', { to: 'buyer@example.com' })
    log.warn('x', { to: 'buyer@example.com' })
    log.error('x', new Error('y'), { to: 'buyer@example.com' })
    expect(takeLeaks()).toHaveLength(3)
    log.error('x', new Error('Resend knows no buyer@example.com'))
    expect(takeLeaks()).toEqual([])
  })
})
