import { createHmac } from 'node:crypto'

type Message = { id: string; payload: string }

/**
 * The headers by which Svix proves a delivery: https://docs.svix.com/receiving/verifying-payloads/how-manual.
 * @param secret `whsec_` and the key in base64; the first of a comma-separated list signs.
 * @throws {TypeError} when the secret holds no key.
 */
export function signSvix({ id, payload }: Message, secret: string, at: Date): Record<string, string> {
  const [first = ''] = secret.split(',')
  const key = Buffer.from(first.trim().replace(/^whsec_/, ''), 'base64')
  if (key.length === 0) throw new TypeError('The webhook secret must be `whsec_` followed by a key in base64.')
  const timestamp = Math.floor(at.getTime() / 1000)
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${payload}`).digest('base64')
  return { 'svix-id': id, 'svix-timestamp': String(timestamp), 'svix-signature': `v1,${signature}` }
}
