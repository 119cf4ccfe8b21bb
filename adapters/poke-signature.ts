import { createHmac, timingSafeEqual } from 'node:crypto'
import { Unauthenticated } from '../shop/errors.ts'

const POKE_AGE_S = 60

/** The header of a poke, `t=<unix seconds>,v1=<hex>`, under the first of our secrets. */
export function signPoke(secrets: string[], at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000)
  return `t=${seconds},v1=${digest(secrets[0] ?? '', seconds)}`
}

/** @throws Unauthenticated unless one of our secrets signed it within the last 60 s */
export function verifyPoke(signature: string | null, secrets: string[], now: Date): void {
  const [, seconds, given] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(signature ?? '') ?? []
  if (!seconds || !given) throw new Unauthenticated('The poke is not signed.')
  const age = Math.abs(now.getTime() / 1000 - Number(seconds))
  const known = secrets.some((secret) =>
    timingSafeEqual(Buffer.from(given), Buffer.from(digest(secret, Number(seconds)))),
  )
  if (!known || age > POKE_AGE_S) throw new Unauthenticated('The poke is forged or stale.')
}

function digest(secret: string, seconds: number): string {
  return createHmac('sha256', secret).update(`till-poke.${seconds}`).digest('hex')
}
