import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { click, post } from '../support/sale.ts'

let platform: TestPlatform

beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())
beforeEach(() => reprice('book', 2100, 'eur'))

const reprice = (slug: string, amount: number, currency: string) =>
  platform.rows('update products set unit_amount = $2, currency = $3 where slug = $1', [slug, amount, currency])
const begun = async () => {
  await platform.store.settled()
  return (await platform.rows('select 1 from checkouts')).length
}

/** What the page asks, and where its two ways lead. */
async function readPage(answer: Response) {
  const html = await answer.text()
  const links = [...html.matchAll(/<a [^>]*href="([^"]+)"/g)].map((match) => match[1] ?? '')
  return {
    html,
    buy: links.find((link) => link.startsWith('/go/')),
    back: links.find((link) => /store\/\w/.test(link)),
  }
}

describe('GET /go/:slug?seen=', () => {
  it('goes to the payment page when the price is the one that the page showed', async () => {
    const { answer } = await click(platform, 'book?seen=2100-eur')
    expect(answer.status).toBe(303)
  })

  it('shows the old price and the new one when it is another, asks, and begins nothing', async () => {
    const before = await begun()
    const { answer } = await click(platform, 'book?seen=1900-eur')
    expect([answer.status, answer.headers.get('location'), answer.headers.get('set-cookie')]).toEqual([409, null, null])
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    const { html, buy, back } = await readPage(answer)
    expect(html).toContain('<s>€19.00</s>')
    expect(html).toContain('Buy for €21.00')
    expect([buy, back]).toEqual(['/go/book?seen=2100-eur', '/store/book/'])
    expect(html).not.toMatch(/%\w+%/)
    expect(await begun()).toBe(before)
  })

  it('begins a checkout at the new price for the buyer who agrees to it', async () => {
    const { buy = '' } = await readPage((await click(platform, 'book?seen=1900-eur')).answer)
    const { sessionId } = await click(platform, buy.replace('/go/', ''))
    expect((await platform.app().payments.readSession(sessionId))?.amountTotal).toBe(2100)
  })

  it('asks too when the price fell, and when it is in another currency', async () => {
    const lower = await readPage((await click(platform, 'book?seen=3000-eur')).answer)
    expect(lower.html).toContain('<s>€30.00</s>')
    const dollars = await readPage((await click(platform, 'book?seen=2100-usd')).answer)
    expect(dollars.html).toContain('<s>$21.00</s>')
  })

  it('says so when it costs nothing any more', async () => {
    const page = await readPage((await click(platform, 'free?seen=500-eur')).answer)
    expect(page.html).toContain('It is free now')
    expect(page.html).toContain('Get it free')
    expect(page.buy).toBe('/go/free?seen=0-eur')
  })

  it('writes the title as text, whatever is in it', async () => {
    const title = '<script>alert(1)</script> %price% $& " \' &amp;'
    await platform.rows("update products set title = $1 where slug = 'print'", [title])
    const { html } = await readPage((await click(platform, 'print?seen=1-eur')).answer)
    expect(html).not.toContain('<script>')
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; %price% $&amp; &quot; &#39; &amp;amp;')
  })

  it.each(['1900-EUR', '1900-eur&seen=1-eur', '%00'])(
    'C7 takes a malformed price (%j) for none, and sells at today’s',
    async (seen) => {
      const { answer, sessionId } = await click(platform, `book?seen=${seen}`)
      expect(answer.status).toBe(303)
      expect((await platform.app().payments.readSession(sessionId))?.amountTotal).toBe(2100)
    },
  )

  it('C2 says gone or not found before it speaks of a price', async () => {
    expect((await click(platform, 'gone?seen=1-eur')).answer.status).toBe(410)
    expect((await click(platform, 'draft?seen=1-eur')).answer.status).toBe(404)
  })
})

describe('POST /create_checkout_session with prices that the page showed', () => {
  const ask = (...items: object[]) => post(platform, '/create_checkout_session', { items })

  it('begins the checkout when all are as they were', async () => {
    const answer = await ask(
      { slug: 'book', quantity: 1, seen_unit_amount: 2100 },
      { slug: 'free', quantity: 1, seen_unit_amount: 0, seen_currency: 'eur' },
    )
    expect(answer.status).toBe(201)
  })

  it('answers 409 with the lines that differ, and begins nothing', async () => {
    const before = await begun()
    const answer = await ask(
      { slug: 'book', quantity: 2, seen_unit_amount: 1900 },
      { slug: 'free', quantity: 1, seen_unit_amount: 0 },
    )
    expect(answer.status).toBe(409)
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(await answer.json()).toEqual({
      error: { code: 'price_changed', message: expect.any(String), request_id: 'req_test' },
      items: [{ slug: 'book', seen_unit_amount: 1900, unit_amount: 2100, currency: 'eur' }],
    })
    expect(await begun()).toBe(before)
  })

  it.each([
    ['gone', 410],
    ['draft', 404],
    ['nothing', 404],
  ])('C2 refuses %s with %i, whatever price was seen', async (slug, status) => {
    expect((await ask({ slug, quantity: 1, seen_unit_amount: 1 })).status).toBe(status)
  })
})
