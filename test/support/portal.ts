import type { TestPlatform } from './platform.ts'
import { buy, postAs } from './sale.ts'

const PASSWORD = 'correct horse battery'

/** Buys a product and lets the worker write the order and its mails. @returns the session, and the order's and its first item's ids */
export async function sell(platform: TestPlatform, email: string, slug = 'book') {
  const sessionId = await buy(platform, slug, { email })
  await platform.work()
  const [row] = await platform.rows<{ order_id: string; item_id: string }>(
    'select o.id as order_id, i.id as item_id from orders o join order_items i on i.order_id = o.id where o.stripe_session_id = $1',
    [sessionId],
  )
  if (!row) throw new Error('the order was not written')
  return { sessionId, orderId: row.order_id, itemId: row.item_id }
}

/** Signs up with an address, as Identity's library does, and follows the link of its mail. @returns the cookie of the session */
export async function signIn(platform: TestPlatform, email: string): Promise<string> {
  const { siteUrl } = platform
  const body = JSON.stringify({ email, password: PASSWORD })
  const signedUp = await fetch(`${siteUrl}/.netlify/identity/signup`, { method: 'POST', body })
  if (!signedUp.ok) throw new Error(`signing up answered ${signedUp.status}`)
  const mail = (await platform.mails()).find(({ to, text }) => to[0] === email && text.includes('confirmation_token'))
  const token = /#confirmation_token=([\w-]+)/.exec(mail?.text ?? '')?.[1]
  const verified = await fetch(`${siteUrl}/.netlify/identity/verify`, {
    method: 'POST',
    body: JSON.stringify({ type: 'signup', token }),
  })
  const { access_token } = (await verified.json()) as { access_token?: string }
  if (!access_token) throw new Error(`confirming answered ${verified.status}`)
  return `nf_jwt=${access_token}`
}

type StoredAccount = { id: string; email: string; confirmed_at?: string }

/** Takes the confirmation of an account back, as if its mail had never been opened. */
export function unconfirm({ ledger }: TestPlatform, email: string): void {
  const found = ledger.list<StoredAccount>('identity_accounts').find((account) => account.email === email)
  if (!found) throw new Error(`nobody has signed up with ${email}`)
  const { confirmed_at: _gone, ...rest } = found
  ledger.put('identity_accounts', found.id, rest)
}

/** The link of the newest mail to the portal that an address has got. */
export async function portalTokenFor(platform: TestPlatform, email: string): Promise<string | undefined> {
  await platform.store.settled()
  await platform.work()
  const mail = (await platform.mails()).find(({ to, text }) => to[0] === email && text.includes('/purchases/?link='))
  return /\/purchases\/\?link=([\w.-]+)/.exec(mail?.text ?? '')?.[1]
}

/** Asks for a link by mail and opens it. @returns the cookie of the session */
export async function enterByLink(platform: TestPlatform, email: string): Promise<string> {
  await postAs(platform, '/send_portal_link', { email })
  const opened = await postAs(platform, '/open_portal_link', { token: await portalTokenFor(platform, email) })
  const cookie = opened.headers.get('set-cookie')?.split(';')[0]
  if (!cookie) throw new Error(`opening the link answered ${opened.status}`)
  return cookie
}
