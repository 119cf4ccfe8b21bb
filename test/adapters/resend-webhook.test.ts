import { describe, expect, it } from 'vitest'
import { createMailEvents } from '../../adapters/resend-webhook.ts'
import { signSvix } from '../../local/mail/sign-svix.ts'
import { InvalidInput, Misconfigured, SignatureRejected } from '../../shop/errors.ts'

const secretOf = (text: string) => `whsec_${Buffer.from(text).toString('base64')}`
const SECRET = secretOf('what only Resend and we know')
const OLD = secretOf('what was known to both before')
const NOW = new Date('2026-11-23T10:00:00Z')
const BODY = JSON.stringify({ type: 'email.bounced', created_at: NOW.toISOString(), data: { email_id: 'x' } })

type Change = { id?: string | null; timestamp?: string | null; signature?: string | null; body?: string }

/** A delivery that is good unless `change` says otherwise; signed `later` seconds from now. */
function delivery(change: Change = {}, { later = 0, secret = SECRET, payload = BODY } = {}) {
  const signed = signSvix({ id: 'msg_1', payload }, secret, new Date(NOW.getTime() + later * 1000))
  const own = { id: 'msg_1', timestamp: signed['svix-timestamp'] ?? '', signature: signed['svix-signature'] ?? '' }
  return { body: payload, now: NOW, ...own, ...change }
}

const verify = (given = delivery(), secrets = [SECRET]) => createMailEvents(() => secrets).verify(given)
const refusalOf = (...given: Parameters<typeof verify>): unknown => {
  try {
    return verify(...given)
  } catch (error) {
    return error
  }
}
const good = delivery().signature ?? ''

describe('a delivery of Resend’s', () => {
  it('is read when one of our secrets has signed it', () => {
    const event = { resendId: 'x', state: 'soft_bounced', at: NOW }
    expect(verify()).toMatchObject(event)
    expect(verify(delivery({}, { secret: OLD }), [SECRET, OLD])).toMatchObject(event)
    expect(verify(delivery({ signature: `v1,AAAA v2,xyz ${good}` }))).toMatchObject(event)
  })

  it.each<[string, Change]>([
    ['no id', { id: null }],
    ['an empty id', { id: '' }],
    ['an id with something before it', { id: ' msg_1' }],
    ['an id with something behind it', { id: 'msg_1\n' }],
    ['an id of 257 letters', { id: 'x'.repeat(257) }],
    ['no time', { timestamp: null }],
    ['a time that is no number', { timestamp: '1e9' }],
    ['a time with a sign', { timestamp: '-1' }],
    ['a time of 13 digits', { timestamp: '1'.repeat(13) }],
    ['no signature', { signature: null }],
    ['an empty signature', { signature: '' }],
  ])('I4 that has %s is refused before any digest is made', (_what, change) => {
    const error = refusalOf(delivery(change))
    expect(error).toBeInstanceOf(InvalidInput)
    expect(error).not.toBeInstanceOf(SignatureRejected)
    expect(error).toMatchObject({ message: 'The signature is missing or malformed.' })
  })

  it.each([-301, 301, 3_600])('I4 of %i s is refused as too old, or from the future', (later) => {
    const error = refusalOf(delivery({}, { later }))
    expect(error).toEqual(new SignatureRejected('The signature is too old, or from the future.'))
  })

  it.each([-300, 0, 300])('I4 of %i s is taken', (later) => {
    expect(refusalOf(delivery({}, { later }))).not.toBeInstanceOf(Error)
  })

  it.each<[string, ReturnType<typeof delivery>]>([
    ['another secret', delivery({}, { secret: OLD })],
    ['another id', delivery({ id: 'msg_2' })],
    ['another time', delivery({ timestamp: String(NOW.getTime() / 1000 - 1) })],
    ['another body', delivery({ body: BODY.replace('bounced', 'delivered') })],
    ['a signature cut short', delivery({ signature: good.slice(0, -8) })],
    ['another version of the scheme', delivery({ signature: good.replace('v1,', 'v2,') })],
    ['a version without its comma', delivery({ signature: good.replace('v1,', 'v1') })],
    ['two signatures without a space', delivery({ signature: `v1,AAAA${good}` })],
  ])('I4 with %s is refused', (_what, given) => {
    expect(refusalOf(given)).toEqual(new SignatureRejected('The signature does not match.'))
  })

  it('that is signed and no JSON is refused, with the cause for the log', () => {
    const error = refusalOf(delivery({}, { payload: '{' }))
    expect(error).toMatchObject({
      name: 'InvalidInput',
      message: 'The body is not JSON.',
      cause: expect.any(SyntaxError),
    })
  })
})

describe('our own secret', () => {
  const malformed = 'RESEND_WEBHOOK_SECRET is malformed: it must be whsec_ followed by a key in base64.'

  it.each([
    ['has no whsec_', SECRET.slice('whsec_'.length)],
    ['is too short', secretOf('fifteen letters')],
    ['has whsec_ in the middle', `x${SECRET}`],
  ])('is refused when it %s', (_what, secret) => {
    expect(refusalOf(delivery(), [secret])).toEqual(new Misconfigured(malformed))
  })

  it('is taken from 16 bytes on', () => {
    const secret = secretOf('sixteen letters!')
    expect(refusalOf(delivery({}, { secret }), [secret])).not.toBeInstanceOf(Error)
  })
})
