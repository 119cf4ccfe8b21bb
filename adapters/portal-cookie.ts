import type { Credentials } from '../shop/purchases/buyer.ts'
import { SESSION_S } from '../shop/purchases/portal-session.ts'

const PORTAL = '__Host-portal'
/** Netlify Identity's own; its library sets them in the browser, where a script must be able to read them. */
const IDENTITY = ['nf_jwt', 'nf_refresh'] as const

/** What a browser shows of who it is; nothing of it is believed yet. */
export function readCredentials({ headers }: Request): Credentials {
  const cookies = headers.get('cookie') ?? ''
  const portal = find(cookies, PORTAL)
  return { account: find(cookies, IDENTITY[0]), portal: portal && /^pse_\w{26}$/.test(portal) ? portal : null }
}

/** The Set-Cookie value that lets this browser, and no script in it, show the session of a link. */
export function portalCookie(secret: string): string {
  return `${PORTAL}=${secret}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=${SESSION_S}`
}

/** The Set-Cookie value that ends it. */
export const ENDED_PORTAL = `${PORTAL}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0`

/** The Set-Cookie values that end the session of an account. */
export const ENDED_ACCOUNT = IDENTITY.map((name) => `${name}=; Path=/; Secure; SameSite=Lax; Max-Age=0`)

function find(cookies: string, name: string): string | null {
  const prefix = `${name}=`
  const found = cookies
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(prefix))
  return found?.slice(prefix.length) || null
}
