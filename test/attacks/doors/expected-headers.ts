import { expect } from 'vitest'

type Headers = Record<string, string>

/** Written out here and not taken from shop/headers.ts, which is what is held to it. */
export const EVERYWHERE: Headers = {
  'strict-transport-security': 'max-age=63072000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}

const UNCACHED = { 'cache-control': 'private, no-store', 'netlify-cdn-cache-control': 'no-store' }
const JSON_ANSWER: Headers = {
  ...UNCACHED,
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  vary: 'Cookie',
}
const PAGE: Headers = { ...UNCACHED, 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow' }
const REDIRECT: Headers = { 'netlify-cdn-cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' }
const FILE: Headers = {
  ...UNCACHED,
  'content-security-policy': "sandbox; default-src 'none'",
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
}

/** What must not be told to a page of another site, or make a browser ask for a password. */
const NEVER = [
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'www-authenticate',
  'server',
  'x-powered-by',
]

/** The one answer that may be kept for a moment, by whoever asks: it is the same for all. */
export const HEALTH: Headers = {
  'cache-control': 'public, max-age=10',
  'netlify-cdn-cache-control': 'public, max-age=10',
  vary: 'Accept-Encoding',
}

/** Holds an answer of a function to the table of headers: those of every answer, of its kind, and of its status. */
export function expectHeaders({ status, headers }: Response, except: Headers = {}): void {
  const all = Object.fromEntries(headers)
  expect(all).toMatchObject({ ...EVERYWHERE, ...ofKind(headers), ...except })
  expect(NEVER.filter((name) => headers.has(name))).toEqual([])
  if (status === 405) expect(headers.get('allow')).toMatch(/^(GET|POST)(, HEAD)?$/)
  if (status === 429 || status === 503) expect(headers.get('retry-after')).toMatch(/^[1-9]\d{0,4}$/)
  for (const cookie of headers.getSetCookie())
    expect(cookie).toMatch(
      /^(__Host-(claim|portal)=[\w-]*; Path=\/; Secure; HttpOnly; SameSite=(Lax|Strict)|nf_(jwt|refresh)=; Path=\/; Secure; SameSite=Lax); Max-Age=\d+$/,
    )
}

function ofKind(headers: globalThis.Headers): Headers {
  const type = headers.get('content-type')
  if (headers.has('location')) return REDIRECT
  if (headers.has('content-disposition')) return FILE
  if (type?.startsWith('text/html')) return { ...PAGE, 'content-type': 'text/html; charset=utf-8' }
  return type?.includes('json') ? { ...JSON_ANSWER, 'content-type': 'application/json; charset=utf-8' } : JSON_ANSWER
}
