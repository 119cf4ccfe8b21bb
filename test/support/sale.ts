import { claimHeader, keepClaim } from './claims.ts'
import type { TestPlatform } from './platform.ts'

const CARD = '4242424242424242'

/** Clicks on a product as a browser would; the address of Stripe's page and the session it shows. */
export async function click({ siteUrl }: TestPlatform, slug: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${siteUrl}/go/${slug}`, {
    redirect: 'manual',
    headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', ...headers },
  })
  const url = answer.headers.get('location') ?? ''
  return { answer, url, sessionId: keepClaim(answer, url) }
}

/** Fills the payment page in; the emulator waits for the webhook before it sends the buyer back. */
export async function pay(url: string, form: Record<string, string> = {}): Promise<Response> {
  const body = new URLSearchParams({ email: 'Buyer@Example.com', card: CARD, ...form })
  return fetch(url, { method: 'POST', body, redirect: 'manual' })
}

/** A sale up to the payment; nothing has worked on it yet. */
export async function buy(platform: TestPlatform, slug: string, form: Record<string, string> = {}): Promise<string> {
  const { url, sessionId } = await click(platform, slug)
  const paid = await pay(url, form)
  if (paid.status !== 303) throw new Error(`the payment page answered ${paid.status}: ${await paid.text()}`)
  return sessionId
}

/** Posts JSON as a page of the shop does, in the browser that began the session in question; `postAs` is for other browsers. */
export async function post(
  platform: TestPlatform,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  const sessionId = typeof body === 'object' && body !== null && 'session_id' in body ? body.session_id : ''
  const answer = await postAs(platform, path, body, { ...claimHeader(sessionId), ...headers })
  if (path === '/create_checkout_session' && answer.ok) keepClaim(answer, await answer.clone().text())
  return answer
}

/** Posts JSON as a page of the shop does, in a browser that has no cookies but those in `headers`. */
export function postAs(
  { siteUrl }: TestPlatform,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${siteUrl}${path}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', ...headers },
  })
}
