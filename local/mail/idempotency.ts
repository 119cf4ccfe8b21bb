import { createHash } from 'node:crypto'
import type { Ledger } from '../ledger.ts'
import { ResendRefusal } from './resend-refusal.ts'

const KEYS = 'mail_idempotency_keys'
const LIFETIME_MS = 24 * 60 * 60 * 1000

type Remembered = { fingerprint: string; answer: object; created_at: string }
type KeyedRequest = { key: string | undefined; readBody(): Promise<string>; send(body: string): object }

/** Runs `send` in a transaction, and once per key and day: https://resend.com/docs/dashboard/emails/idempotency-keys. */
export type Idempotency = (request: KeyedRequest) => Promise<object>

/**
 * A key is taken from the moment the request arrives, before its body has been read, until it is answered.
 * Only success is remembered, in one transaction with the mail; a refused request may be sent again under its key.
 */
export function createIdempotency(ledger: Ledger, now: () => Date): Idempotency {
  const inFlight = new Set<string>()
  const answerOnce = (key: string, body: string, send: KeyedRequest['send']) =>
    ledger.atomically(() => {
      const fingerprint = createHash('sha256').update(body).digest('hex')
      const known = ledger.get<Remembered>(KEYS, key)
      if (known && isAlive(known, now())) return replay(known, fingerprint)
      const answer = send(body)
      ledger.put(KEYS, key, { fingerprint, answer, created_at: now().toISOString() } satisfies Remembered)
      return answer
    })
  return async ({ key, readBody, send }) => {
    if (key === undefined) {
      const body = await readBody()
      return ledger.atomically(() => send(body))
    }
    if (key.length < 1 || key.length > 256) throw invalidKey()
    if (inFlight.has(key)) throw concurrent()
    inFlight.add(key)
    try {
      return answerOnce(key, await readBody(), send)
    } finally {
      inFlight.delete(key)
    }
  }
}

function isAlive({ created_at }: Remembered, now: Date): boolean {
  return now.getTime() - Date.parse(created_at) < LIFETIME_MS
}

function replay({ fingerprint, answer }: Remembered, asked: string): object {
  if (fingerprint === asked) return answer
  const refusal = { statusCode: 409, name: 'invalid_idempotent_request' } as const
  throw new ResendRefusal(refusal, 'Same idempotency key used with a different request payload.')
}

function invalidKey(): ResendRefusal {
  return new ResendRefusal({ statusCode: 400, name: 'invalid_idempotency_key' }, 'The key must be between 1-256 chars.')
}

function concurrent(): ResendRefusal {
  const refusal = { statusCode: 409, name: 'concurrent_idempotent_requests' } as const
  return new ResendRefusal(refusal, 'Same idempotency key used while original request is still in progress.')
}
