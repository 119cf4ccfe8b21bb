import { randomBytes } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { Ledger } from '../ledger.ts'
import type { Account } from './account.ts'

export const ACCESS_TOKEN_SECONDS = 3600
const OPERATOR_TOKEN_SECONDS = 60
/** The subject of the platform's own token, which is no user. */
export const OPERATOR = '0'

const Metadata = z.record(z.string(), z.unknown())
const Claims = z.object({
  sub: z.string(),
  exp: z.number(),
  aud: z.string(),
  email: z.string(),
  app_metadata: Metadata,
  user_metadata: Metadata,
})

/** Exactly the claims of an access token of Netlify Identity: neither `iat` nor `iss`. */
export type AccessTokenClaims = z.infer<typeof Claims>

export type AccessTokens = {
  sign(account: Account): Promise<string>
  /** A short-lived token of the platform itself, which may administer users. */
  signOperator(): Promise<string>
  /** The claims of a token that is genuine and has not expired. */
  verify(token: string): Promise<AccessTokenClaims | undefined>
}

/** The key is made once and lies in the ledger, so sessions outlive the process. */
export function createAccessTokens(ledger: Ledger, now: () => Date): AccessTokens {
  const key = signingKey(ledger)
  const expiresIn = (seconds: number) => Math.floor(now().getTime() / 1000) + seconds
  const sign = (claims: AccessTokenClaims) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'nf-ident', typ: 'JWT' }).sign(key)
  return {
    sign({ id, aud, email, app_metadata, user_metadata }) {
      return sign({ sub: id, exp: expiresIn(ACCESS_TOKEN_SECONDS), aud, email, app_metadata, user_metadata })
    },
    signOperator() {
      const nobody = { sub: OPERATOR, aud: '', email: '', app_metadata: {}, user_metadata: {} }
      return sign({ ...nobody, exp: expiresIn(OPERATOR_TOKEN_SECONDS) })
    },
    async verify(token) {
      const options = { algorithms: ['HS256'], requiredClaims: ['exp', 'sub'], currentDate: now() }
      const verified = await jwtVerify(token, key, options).catch(() => undefined)
      return Claims.safeParse(verified?.payload).data
    },
  }
}

function signingKey(ledger: Ledger): Uint8Array {
  return ledger.atomically(() => {
    const known = ledger.get<string>('identity_keys', 'jwt')
    if (known) return Buffer.from(known, 'hex')
    const key = randomBytes(32)
    ledger.put('identity_keys', 'jwt', key.toString('hex'))
    return key
  })
}
