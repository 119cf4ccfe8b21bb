import { isObject } from '../is-object.ts'

/** Where @netlify/identity keeps the session, and the cookies by which functions know it. */
const STORED = 'gotrue.user'
const COOKIE = 'nf_jwt'
const REFRESH_COOKIE = 'nf_refresh'
const ENDED = '; path=/; secure; samesite=lax; expires=Thu, 01 Jan 1970 00:00:00 GMT'
const PATIENCE_MS = 20_000

type Token = { access_token: string; refresh_token: string }
type Stored = { token: Token } & Record<string, unknown>

/** Whether somebody is signed in with an account, as far as this browser knows. */
export function hasSession(): boolean {
  return hasCookie() || readStored() !== null
}

/** The token that the shop's functions see, as far as this browser kept it. */
export function accessToken(): string | null {
  return readStored()?.token.access_token ?? null
}

/** The address of the account, for its owner to see; nothing is decided by it. */
export function accountEmail(): string {
  const email = readStored()?.email
  return typeof email === 'string' ? email : ''
}

/** Gives the session its cookies back: they end with the browser, while the session lives for 30 days. */
export function restoreCookies(): void {
  const stored = readStored()
  if (stored && !hasCookie()) writeCookies(stored.token)
}

/**
 * Trades the refresh token for a new session. Done here rather than by @netlify/identity, which throws the session of all tabs away
 * when the connection fails, and when two tabs renew at once: one tab at a time does it, and the others take what it got.
 * @param refused the access token that the shop did not accept
 * @returns `over` when there is no session any more
 */
export function renewSession(refused: string): Promise<'renewed' | 'over' | 'unreachable'> {
  return navigator.locks.request('till-session', async () => {
    const stored = readStored()
    if (!stored) return 'over'
    if (stored.token.access_token !== refused) return keep(stored, stored.token)
    const answer = await trade(stored.token.refresh_token)
    if (answer?.ok) {
      const token: unknown = await answer.json().catch(() => null)
      return isToken(token) ? keep(stored, token) : 'unreachable'
    }
    if (answer?.status !== 400 && answer?.status !== 401) return 'unreachable'
    forgetSession()
    return 'over'
  })
}

/** Ends the session in this browser, for all of its tabs. */
export function forgetSession(): void {
  if (readStored()) localStorage.removeItem(STORED)
  setCookie(COOKIE, ENDED)
  setCookie(REFRESH_COOKIE, ENDED)
}

/** Calls back when another tab has signed in (`true`) or out (`false`). */
export function watchSession(changed: (isSignedIn: boolean) => void): void {
  addEventListener('storage', ({ key, newValue, oldValue }) => {
    const isOurs = key === STORED || key === null
    if (isOurs && (newValue === null) !== (oldValue === null)) changed(newValue !== null)
  })
}

function trade(refreshToken: string): Promise<Response | null> {
  const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken })
  const signal = AbortSignal.timeout(PATIENCE_MS)
  return fetch('/.netlify/identity/token', { method: 'POST', body, signal }).catch(() => null)
}

function keep(stored: Stored, token: Token): 'renewed' {
  localStorage.setItem(STORED, JSON.stringify({ ...stored, token }))
  writeCookies(token)
  return 'renewed'
}

function writeCookies({ access_token, refresh_token }: Token): void {
  const end = '; path=/; secure; samesite=lax'
  setCookie(COOKIE, encodeURIComponent(access_token) + end)
  setCookie(REFRESH_COOKIE, encodeURIComponent(refresh_token) + end)
}

function setCookie(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the library's cookies, in the library's way; Safari lacks the newer one
  document.cookie = `${name}=${value}`
}

function hasCookie(): boolean {
  return new RegExp(`(?:^|; )${COOKIE}=.`).test(document.cookie)
}

function readStored(): Stored | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED) ?? 'null')
    return isObject(stored) && isToken(stored.token) ? { ...stored, token: stored.token } : null
  } catch {
    // Storage is switched off, or holds something else: then nobody is signed in.
    return null
  }
}

function isToken(token: unknown): token is Token {
  return isObject(token) && typeof token.access_token === 'string' && typeof token.refresh_token === 'string'
}
