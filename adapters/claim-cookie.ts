import { randomBytes } from 'node:crypto'

const NAME = '__Host-claim'
const LIFETIME_S = 86_400

/** The secret that marks the buying browser; `cookie` is the Set-Cookie value that keeps it for a day from now. */
export type Claim = { secret: string; cookie: string }

/** The browser's claim: a valid one keeps its value, or a second tab would take the first one's order away. */
export function readClaim(request: Request): Claim {
  const secret = findClaim(request) ?? randomBytes(32).toString('base64url')
  return { secret, cookie: `${NAME}=${secret}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${LIFETIME_S}` }
}

/** The secret of the browser's claim if it has a valid one; none is made. */
export function findClaim({ headers }: Request): string | null {
  const prefix = `${NAME}=`
  const value = (headers.get('cookie') ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(prefix))
    ?.slice(prefix.length)
  return value && /^[\w-]{43}$/.test(value) ? value : null
}
