import { describe, expect, it } from 'vitest'
import { createPayments } from '../../adapters/stripe.ts'
import { signatureOf } from '../../local/stripe/signature.ts'
import { InvalidInput, SignatureRejected } from '../../shop/errors.ts'

const SECRET = 'whsec_test_0123456789abcdef'
const PREVIOUS = 'whsec_test_of_last_week'
const NOW = new Date('2026-11-23T10:00:00.900Z')
const AT = Math.floor(NOW.getTime() / 1000)
const BODY = JSON.stringify({
  object: 'event',
  id: 'evt_1',
  type: 'checkout.session.completed',
  livemode: false,
  data: { object: { id: 'cs_test_1' } },
})
const EVENT = { id: 'evt_1', type: 'checkout.session.completed', job: { stripe_session_id: 'cs_test_1' } }

const signed = (body = BODY, at = AT, secret = SECRET) => signatureOf(body, secret, at)
const digest = signed().slice(signed().indexOf('v1='))

function verify(signature: string | null, body = BODY, secrets = [SECRET]) {
  const payments = createPayments({ key: 'sk_test_1', apiBase: undefined, webhookSecrets: () => secrets })
  return payments.verifyEvent({ body, signature, now: NOW })
}

const refuses = (...delivery: Parameters<typeof verify>) => expect(() => verify(...delivery)).toThrow(InvalidInput)

describe('verifyStripeEvent', () => {
  it('reads what Stripe has signed', () => {
    expect(verify(signed())).toEqual(EVENT)
  })

  it.each([
    ['no signature', null],
    ['an empty one', ''],
    ['nonsense', 'foo'],
    ['nonsense in its form', 't=abc,v1=x'],
    ['only a time', `t=${AT}`],
    ['only a digest', digest],
    ['only the old scheme v0', signed().replace('v1=', 'v0=')],
    ['two times', `t=${AT},${signed()}`],
    ['two times, the later one signed', `${signed()},t=${AT + 1}`],
    ['a space between its parts', signed().replace(',', ', ')],
    ['a time that is no number', signed().replace(/t=\d+/, 't=1e9')],
    ['a time below zero', signed().replace(/t=\d+/, 't=-1')],
    ['a time with a fraction', signed().replace(/t=\d+/, `t=${AT}.0`)],
    ['a time of the far future', signed(BODY, 99_999_999_999)],
    ['a time that was not signed', signed().replace(/t=\d+/, `t=${AT - 1}`)],
    ['an empty digest beside a good one', `${signed()},v1=`],
    ['a digest without its sign beside a good one', `${signed()},v1`],
    ['a time without its sign beside a good one', `${signed()},t`],
    ['an empty digest', `t=${AT},v1=`],
    ['a digest cut short', signed().slice(0, -1)],
    ['the secret of somebody else', signed(BODY, AT, 'whsec_somebody_elses')],
    ['the secret "undefined"', signed(BODY, AT, 'undefined')],
    ['an empty secret', signed(BODY, AT, ' ')],
  ])('W2 refuses %s', (_what, signature) => refuses(signature))

  it.each([
    [null, BODY, new InvalidInput('The signature is missing or malformed.')],
    [`${signed()},t`, BODY, new InvalidInput('The signature is missing or malformed.')],
    [`${signed()},v1=zv1=ab`, BODY, new InvalidInput('The signature is missing or malformed.')],
    [`${signed()},v1=abz`, BODY, new InvalidInput('The signature is missing or malformed.')],
    [`t=xt=${AT},${digest}`, BODY, new InvalidInput('The signature is missing or malformed.')],
    [signed(BODY, AT + 301), BODY, new SignatureRejected('The signature is dated in the future.')],
    [signed(BODY, AT - 301), BODY, new SignatureRejected('The signature does not match.')],
    [signed(BODY, AT, 'whsec_somebody_elses'), BODY, new SignatureRejected('The signature does not match.')],
    [signed('{}'), '{}', new InvalidInput('The body is not an event.')],
    [signed('not json'), 'not json', new InvalidInput('The body is not JSON.', { cause: expect.any(SyntaxError) })],
  ])('says of %j with the body %j what is wrong with it', (signature, body, error) => {
    const refusal = (() => {
      try {
        return verify(signature, body)
      } catch (reason) {
        return reason
      }
    })()
    expect(refusal).toBeInstanceOf(error.constructor)
    expect(refusal).toMatchObject({ message: error.message, cause: error.cause })
  })

  it.each(['xt=1', 'xv1=zz', 'v2=abc', 'v0=zz'])('leaves a part that it does not know to itself: %s', (part) => {
    expect(verify(`${signed()},${part}`)).toEqual(EVENT)
  })

  it.each([-299, -300, 0, 299, 300])('W4 takes a signature of %i s', (later) => {
    expect(verify(signed(BODY, AT + later))).toEqual(EVENT)
  })

  it.each([-301, -3600, 301, 3600, 10 ** 9])('W4 refuses a signature of %i s, old or from the future', (later) =>
    refuses(signed(BODY, AT + later)),
  )

  it('W3 refuses a body in which one bit was turned over, wherever it is', () => {
    const bytes = Buffer.from(BODY)
    for (let i = 0; i < bytes.length; i++) {
      const flipped = Buffer.from(bytes)
      flipped[i] = (flipped[i] ?? 0) ^ 1
      refuses(signed(), flipped.toString())
    }
  })

  it.each([
    ['written again with spaces', JSON.stringify(JSON.parse(BODY), null, 1)],
    [
      'with its fields in another order',
      JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(BODY)).reverse())),
    ],
    ['with a line break behind it', `${BODY}\n`],
    ['that is empty', ''],
  ])('W3 refuses a body %s', (_how, body) => refuses(signed(), body))

  it('W3 refuses CRLF that became LF on the way', () => {
    const body = BODY.replaceAll(',', ',\r\n')
    expect(verify(signed(body), body)).toEqual(EVENT)
    refuses(signed(body), body.replaceAll('\r\n', '\n'))
  })

  it.each(['null', '[]', `[${BODY}]`, '{}', '7', '"event"', 'true', 'not json', '{"object":"event"'])(
    'refuses the body %j, though it is signed',
    (body) => refuses(signed(body), body),
  )

  it('takes either secret while one is being rolled, and two digests in one header', () => {
    const both = [SECRET, PREVIOUS]
    expect(verify(signed(BODY, AT, PREVIOUS), BODY, both)).toEqual(EVENT)
    expect(verify(signed(), BODY, both)).toEqual(EVENT)
    expect(verify(`${signed(BODY, AT, 'whsec_unknown')},${digest}`)).toEqual(EVENT)
    refuses(signed(BODY, AT, PREVIOUS))
  })

  it('reads no event with no secret at all', () => refuses(signed(), BODY, []))
})
