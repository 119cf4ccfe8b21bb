import { createHash, createHmac } from 'node:crypto'
import { createTokens } from '../../adapters/tokens.ts'

export const SECRET = 'a-secret-of-32-characters-or-more'
export const OLD_SECRET = 'an-older-secret-of-32-characters-or-more'
export const NOW = new Date('2026-11-23T10:00:00Z')
export const ISSUER = 'https://shop.example'

/** Unix seconds, `after` the fixed now of these tests. */
export const at = (after: number) => NOW.getTime() / 1000 + after

export function tokensAt(secondsLater = 0, secrets = [SECRET]) {
  const now = () => new Date(NOW.getTime() + secondsLater * 1000)
  return createTokens({ secrets, issuer: ISSUER, now, accessDays: 365 })
}

export const kidOf = (secret: string) => createHash('sha256').update(secret).digest('hex').slice(0, 8)

const DIGESTS: Record<string, string> = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' }

type Parts = { header?: object; claims?: object; secret?: string; hash?: string }

/** A download token made by hand, good unless `header` or `claims` change it; undefined takes a field away. */
export function forgeToken({ header, claims, secret = SECRET, hash = 'sha256' }: Parts = {}): string {
  const head = { alg: 'HS256', typ: 'dl+jwt', kid: kidOf(secret), ...header }
  const times = { iat: at(0), exp: at(900) }
  const body = { iss: ISSUER, aud: 'download', sub: 'itm_1', fil: 'fil_1', epo: 1, jti: 'j1', ...times, ...claims }
  const signed = `${encode(head)}.${encode(body)}`
  return `${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`
}

/** A token whose signature is right for the algorithm that its own header names. */
export function forgeAlgorithm(alg: string): string {
  return forgeToken({ header: { alg }, hash: DIGESTS[alg] ?? 'sha256' })
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}
