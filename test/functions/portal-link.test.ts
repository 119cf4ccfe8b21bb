import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createTokens } from '../../adapters/tokens.ts'
import shop from '../../shop.config.ts'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { enterByLink, portalTokenFor, sell } from '../support/portal.ts'
import { postAs } from '../support/sale.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())

let number = 0
const newAddress = () => `reader${++number}@example.com`
const wish = (email: string, headers = {}) => postAs(platform, '/send_portal_link', { email }, headers)
const open = (token: string | undefined) => postAs(platform, '/open_portal_link', { token: token ?? '' })
const list = (cookie: string) => postAs(platform, '/get_purchases', {}, { cookie })
const linkMails = async (email: string) => {
  await platform.store.settled()
  await platform.work()
  return (await platform.mails()).filter(({ to, text }) => to[0] === email && text.includes('/purchases/?link='))
}

describe('POST /send_portal_link', () => {
  it('answers the same whether the address bought or not, and writes to nobody who did not', async () => {
    const [buyer, stranger] = [newAddress(), newAddress()]
    await sell(platform, buyer)
    const shown = async (answer: Response) => [answer.status, await answer.text(), [...answer.headers.keys()].sort()]
    expect(await shown(await wish(stranger))).toEqual(await shown(await wish(buyer)))
    expect([(await linkMails(buyer)).length, (await linkMails(stranger)).length]).toEqual([1, 0])
    expect(await platform.rows('select email from portal_links where email = $1', [stranger])).toEqual([])
  })

  it('sends the very same statements for both', async () => {
    const [buyer, stranger] = [newAddress(), newAddress()]
    await sell(platform, buyer)
    const seen: string[][] = []
    for (const email of [buyer, stranger]) {
      const statements: string[] = []
      const original = globalThis.fetch
      vi.stubGlobal('fetch', (url: string | URL | Request, init?: RequestInit) => {
        if (String(url) === process.env.NEON_SQL_ENDPOINT) statements.push(JSON.parse(String(init?.body)).query)
        return original(url, init)
      })
      const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }
      await original(`${platform.siteUrl}/send_portal_link`, {
        method: 'POST',
        body: JSON.stringify({ email }),
        headers,
      })
      vi.unstubAllGlobals()
      seen.push(statements)
    }
    expect(seen[0]).toEqual(seen[1])
    expect(seen[0]?.some((text) => text.includes('portal_links'))).toBe(true)
  })

  it('sends one mail in five minutes, to many at once too, and then a new one that ends the old', async () => {
    const email = newAddress()
    await sell(platform, email)
    const answers = await Promise.all(Array.from({ length: 6 }, () => wish(email)))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 202))
    expect(await linkMails(email)).toHaveLength(1)
    const first = await portalTokenFor(platform, email)
    await platform.rows("update portal_links set created_at = now() - interval '5 minutes' where email = $1", [email])
    await wish(email)
    expect(await linkMails(email)).toHaveLength(2)
    expect((await open(first)).status).toBe(410)
    expect((await open(await portalTokenFor(platform, email))).status).toBe(200)
  })

  it('sends twelve mails a day to an address, from however many networks, and says nothing of it', async () => {
    const email = newAddress()
    await sell(platform, email)
    for (let i = 0; i < 14; i++) {
      await platform.rows("update portal_links set created_at = now() - interval '5 minutes' where email = $1", [email])
      const answer = await wish(email)
      expect([answer.status, await answer.json()]).toEqual([202, { state: 'sent' }])
    }
    expect(await linkMails(email)).toHaveLength(1)
    const [made] = await platform.rows(
      "select count(*)::int as links from emails where kind = 'portal_link' and to_address = $1",
      [email],
    )
    expect(made).toEqual({ links: 12 })
    await platform.rows("update emails set created_at = now() - interval '24 hours' where to_address = $1", [email])
    await platform.rows("update portal_links set created_at = now() - interval '5 minutes' where email = $1", [email])
    await wish(email)
    expect(await linkMails(email)).toHaveLength(2)
  })

  it('counts mails and not wishes: a stranger cannot use them up at once', async () => {
    const email = newAddress()
    await sell(platform, email)
    for (let i = 0; i < 14; i++) expect((await wish(email)).status).toBe(202)
    expect(await linkMails(email)).toHaveLength(1)
    await platform.rows("update portal_links set created_at = now() - interval '5 minutes' where email = $1", [email])
    await wish(email)
    expect(await linkMails(email)).toHaveLength(2)
  })

  it('takes five wishes from a network in ten minutes', async () => {
    const from = { 'x-nf-client-connection-ip': '192.0.2.78' }
    const answers = []
    for (let i = 0; i < 6; i++) answers.push((await wish(newAddress(), from)).status)
    expect(answers).toEqual([202, 202, 202, 202, 202, 429])
  })

  it.each([
    '',
    'x',
    'a@b',
    'a@b.example, c@d.example',
    'a@b.example\r\nBcc: c@d.example',
    `${'a'.repeat(300)}@b.example`,
  ])('refuses what is no address: %j', async (email) => {
    expect((await wish(email)).status).toBe(400)
  })

  it('is not there when the seller has switched it off', async () => {
    const email = newAddress()
    await sell(platform, email)
    shop.portal.emailLink = false
    try {
      expect((await wish(email)).status).toBe(404)
      expect(await linkMails(email)).toEqual([])
    } finally {
      shop.portal.emailLink = true
    }
  })
})

describe('POST /open_portal_link', () => {
  it('shows the orders for an hour to the browser that opened it, and to no other', async () => {
    const email = newAddress()
    const { orderId } = await sell(platform, email)
    await wish(email)
    const answer = await open(await portalTokenFor(platform, email))
    expect([answer.status, await answer.json()]).toEqual([200, { state: 'open', email }])
    const cookie = answer.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^__Host-portal=pse_\w{26}; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=3600$/)
    const listed = await list(cookie.split(';')[0] ?? '')
    expect(await listed.json()).toMatchObject({ email, via: 'link', orders: [{ id: orderId }] })
    expect((await list('')).status).toBe(401)
    await platform.rows('update portal_sessions set expires_at = now() where email = $1', [email])
    expect((await list(cookie.split(';')[0] ?? '')).status).toBe(401)
  })

  it('works once: of ten at the same time one gets in', async () => {
    const email = newAddress()
    await sell(platform, email)
    await wish(email)
    const token = await portalTokenFor(platform, email)
    const answers = await Promise.all(Array.from({ length: 10 }, () => open(token)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 410)])
    const late = answers.find(({ status }) => status === 410)
    expect(await late?.json()).toEqual({ state: 'link_over', message: expect.any(String) })
    expect(late?.headers.get('set-cookie')).toBeNull()
  })

  it('is not used up by programs that follow the link of a mail', async () => {
    const email = newAddress()
    await sell(platform, email)
    await wish(email)
    const token = await portalTokenFor(platform, email)
    for (const method of ['GET', 'HEAD'])
      expect((await fetch(`${platform.siteUrl}/open_portal_link?token=${token}`, { method })).status).toBe(405)
    expect((await open(token)).status).toBe(200)
  })

  it('is over after thirty minutes, by the database’s clock and by its own', async () => {
    const email = newAddress()
    await sell(platform, email)
    await wish(email)
    const token = await portalTokenFor(platform, email)
    await platform.rows('update portal_links set expires_at = now() where email = $1', [email])
    expect((await open(token)).status).toBe(410)
    const early = new Date(Date.now() - 31 * 60_000)
    const stale = await tokensAt(early).mintPortal('plk_00000000000000000000000000', 1800)
    expect((await open(stale)).status).toBe(410)
  })

  it('takes no other token of ours, and none of a stranger’s', async () => {
    const tokens = tokensAt(new Date())
    const { orderId, itemId } = await sell(platform, newAddress())
    const others = [
      await tokens.mintAccess({ orderId, epoch: 1 }, 900),
      (await tokens.mintDownload({ orderItemId: itemId, fileId: 'fil_prd_book', epoch: 1 }, 900)).token,
      await createTokens({
        ...settings(),
        secrets: ['a stranger’s secret of 32 characters!'],
        now: () => new Date(),
      }).mintPortal('plk_1234', 900),
      'a.b.c',
    ]
    for (const token of others) expect((await open(token)).status).toBe(401)
    const portal = await tokens.mintPortal('plk_00000000000000000000000000', 1800)
    expect((await postAs(platform, '/get_entitlements', { access: portal })).status).toBe(401)
  })
})

describe('POST /close_portal', () => {
  it('ends the session everywhere, and is content with none', async () => {
    const email = newAddress()
    await sell(platform, email)
    const cookie = await enterByLink(platform, email)
    const closed = await postAs(platform, '/close_portal', {}, { cookie })
    expect([closed.status, await closed.json()]).toEqual([200, { state: 'closed' }])
    expect(closed.headers.get('set-cookie')).toContain(
      '__Host-portal=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0',
    )
    expect((await list(cookie)).status).toBe(401)
    expect((await postAs(platform, '/close_portal', {})).status).toBe(200)
  })

  it('keeps secrets out of the database', async () => {
    const email = newAddress()
    await sell(platform, email)
    const cookie = await enterByLink(platform, email)
    const rows = await platform.rows<{ all: string }>('select portal_sessions::text as all from portal_sessions')
    expect(rows.some(({ all }) => all.includes(cookie.slice('__Host-portal='.length)))).toBe(false)
  })
})

const settings = () => ({ issuer: platform.siteUrl, accessDays: 365 })
const tokensAt = (at: Date) =>
  createTokens({ ...settings(), secrets: [process.env.DOWNLOAD_TOKEN_SECRET ?? ''], now: () => at })
