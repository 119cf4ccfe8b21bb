import { createHash, randomUUID } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import type { Tokens } from '../shop/app.ts'
import { LinkExpired, LinkOutdated, Unauthenticated } from '../shop/errors.ts'

type Key = { kid: string; secret: Uint8Array }
type Purpose = { typ: string; audience: string; maxTokenAge: string }
type Settings = { secrets: string[]; issuer: string; now: () => Date; accessDays: number }

/** One letter of the alphabet per character, and a signature of exactly 32 bytes: padding and line breaks would verify too. */
const SHAPE = /^[\w-]+\.[\w-]+\.[\w-]{43}$/
const LONGEST = 4096
/** How long after its end a link may still be used to ask for a fresh one. */
const RENEWABLE_S = 90 * 86_400

/** JSON Web Tokens under HS256; the first secret signs, all verify, and `kid` says which. */
export function createTokens({ secrets, issuer, now, accessDays }: Settings): Tokens {
  const keys = secrets.map(toKey)
  const download: Purpose = { typ: 'dl+jwt', audience: 'download', maxTokenAge: '15m' }
  const access: Purpose = { typ: 'access+jwt', audience: 'order', maxTokenAge: `${accessDays}d` }
  const portal: Purpose = { typ: 'portal+jwt', audience: 'portal', maxTokenAge: '30m' }
  const sign = (purpose: Purpose, claims: JWTPayload, seconds: number) =>
    mint({ keys, issuer, now: now() }, purpose, { claims, seconds })
  const check = (purpose: Purpose, token: string) => verify({ keys, issuer, now: now() }, purpose, token)
  const recall = (purpose: Purpose, token: string) => verifyExpired({ keys, issuer, now: now() }, purpose, token)
  return {
    mintDownload: ({ orderItemId, fileId, epoch }, seconds) =>
      sign(download, { sub: orderItemId, fil: fileId, epo: epoch }, seconds),
    verifyDownload: async (token) => {
      const { sub, fil, epo, jti } = await check(download, token)
      return { orderItemId: text(sub), fileId: text(fil), epoch: whole(epo), jti: text(jti) }
    },
    mintAccess: async ({ orderId, epoch }, seconds) =>
      (await sign(access, { sub: orderId, epo: epoch }, seconds)).token,
    verifyAccess: async (token) => {
      const { sub, epo } = await check(access, token)
      return { orderId: text(sub), epoch: whole(epo) }
    },
    readExpiredDownload: async (token) => ({ orderItemId: text((await recall(download, token)).sub) }),
    readExpiredAccess: async (token) => ({ orderId: text((await recall(access, token)).sub) }),
    mintPortal: async (linkId, seconds) => (await sign(portal, { sub: linkId }, seconds)).token,
    verifyPortal: async (token) => text((await check(portal, token)).sub),
  }
}

/** A key's id: 8 hexadecimal digits of its SHA-256. */
function toKey(secret: string): Key {
  return {
    kid: createHash('sha256').update(secret).digest('hex').slice(0, 8),
    secret: new TextEncoder().encode(secret),
  }
}

type Signing = { keys: Key[]; issuer: string; now: Date }

async function mint(
  { keys, issuer, now }: Signing,
  { typ, audience }: Purpose,
  body: { claims: JWTPayload; seconds: number },
) {
  const [key] = keys
  if (!key) throw new TypeError('tokens need at least one secret')
  const issuedAt = Math.floor(now.getTime() / 1000)
  const expiresAt = issuedAt + body.seconds
  const token = await new SignJWT(body.claims)
    .setProtectedHeader({ alg: 'HS256', typ, kid: key.kid })
    .setIssuer(issuer)
    .setAudience(audience)
    .setJti(randomUUID())
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(key.secret)
  return { token, expiresAt: new Date(expiresAt * 1000) }
}

/** Every option is one that a forged token got past without it; see docs/decisions/0004-tokens.md. */
async function verify(
  { keys, issuer, now }: Signing,
  { typ, audience, maxTokenAge }: Purpose,
  token: string,
): Promise<JWTPayload> {
  const key = findKey(keys, token)
  try {
    const { payload } = await jwtVerify(token, key.secret, {
      algorithms: ['HS256'],
      typ,
      audience,
      issuer,
      requiredClaims: ['exp', 'iat', 'jti', 'sub'],
      maxTokenAge,
      clockTolerance: 5,
      currentDate: now,
    })
    return payload
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new LinkExpired('This link has expired.', { token, cause: error })
    throw new Unauthenticated('This link is not valid.', { cause: error })
  }
}

/** What an expired token says: signature and claims are held to be as good as on the day when it was made. */
async function verifyExpired(signing: Signing, purpose: Purpose, token: string): Promise<JWTPayload> {
  try {
    return await verify(signing, purpose, token)
  } catch (error) {
    if (!(error instanceof LinkExpired)) throw error
    const { iat = 0, exp = 0 } = decodeJwt(token)
    if (exp + RENEWABLE_S < signing.now.getTime() / 1000) throw new LinkOutdated('This link is too old.')
    return verify({ ...signing, now: new Date(iat * 1000) }, purpose, token)
  }
}

function findKey(keys: Key[], token: string): Key {
  if (token.length > LONGEST || !SHAPE.test(token)) throw new Unauthenticated('This link is not valid.')
  try {
    const { kid } = decodeProtectedHeader(token)
    const key = keys.find((candidate) => candidate.kid === kid)
    if (key) return key
  } catch (error) {
    throw new Unauthenticated('This link is not valid.', { cause: error })
  }
  throw new Unauthenticated('This link is not valid.')
}

function text(claim: unknown): string {
  if (typeof claim === 'string' && claim) return claim
  throw new Unauthenticated('This link is not valid.')
}

function whole(claim: unknown): number {
  if (typeof claim === 'number' && Number.isSafeInteger(claim)) return claim
  throw new Unauthenticated('This link is not valid.')
}
