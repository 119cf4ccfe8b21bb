import { createHmac, timingSafeEqual } from 'node:crypto'
import type { MailEvents } from '../shop/app.ts'
import { InvalidInput, Misconfigured, SignatureRejected } from '../shop/errors.ts'
import { type MailDelivery, readMailEvent } from '../shop/mail/mail-event.ts'

/** Svix's own tolerance, in seconds, to both sides. https://docs.svix.com/receiving/verifying-payloads/how-manual */
const TOLERANCE_S = 300
/** The shortest key that we take, in bytes. */
const SHORTEST_KEY = 16

/** Resend's deliveries, which Svix signs, are verified against each of our secrets: while one is rolled both are good. */
export function createMailEvents(secrets: () => string[]): MailEvents {
  return {
    verify(delivery) {
      assertSigned(delivery, secrets().map(keyOf))
      return readMailEvent(parse(delivery.body))
    },
  }
}

/** A header that is missing or malformed is refused before any digest is made. */
function assertSigned({ body, id, timestamp, signature, now }: MailDelivery, keys: Buffer[]): void {
  if (!id || !/^[\w.-]{1,256}$/.test(id) || !timestamp || !/^\d{1,12}$/.test(timestamp) || !signature)
    throw new InvalidInput('The signature is missing or malformed.')
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > TOLERANCE_S)
    throw new SignatureRejected('The signature is too old, or from the future.')
  const given = signature
    .split(' ')
    .filter((one) => one.startsWith('v1,'))
    .map((one) => Buffer.from(one.slice(3), 'base64'))
  const made = keys.map((key) => createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest())
  if (!given.some((one) => made.some((other) => one.length === other.length && timingSafeEqual(one, other))))
    throw new SignatureRejected('The signature does not match.')
}

/** What follows `whsec_` is the key in base64. */
function keyOf(secret: string): Buffer {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  if (secret.startsWith('whsec_') && key.length >= SHORTEST_KEY) return key
  throw new Misconfigured('RESEND_WEBHOOK_SECRET is malformed: it must be whsec_ followed by a key in base64.')
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch (error) {
    throw new InvalidInput('The body is not JSON.', { cause: error })
  }
}
