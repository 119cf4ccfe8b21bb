import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { pay, post, postAs } from '../support/sale.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())

type Item = { slug: string; quantity: number }
const items = (...named: [string, number][]): Item[] => named.map(([slug, quantity]) => ({ slug, quantity }))

async function checkOut(basket: Item[], cookie = ''): Promise<{ url: string; sessionId: string }> {
  const answer = await post(platform, '/create_checkout_session', { items: basket }, cookie ? { cookie } : {})
  const { url } = (await answer.json()) as { url: string }
  return { url, sessionId: /cs_test_\w+/.exec(url)?.[0] ?? '' }
}

async function buyAll(basket: Item[], form = {}): Promise<string> {
  const { url, sessionId } = await checkOut(basket)
  const paid = await pay(url, form)
  if (paid.status !== 303) throw new Error(`the payment page answered ${paid.status}`)
  return sessionId
}

async function opened(sessionId: string) {
  const answer = await post(platform, '/get_entitlements', { session_id: sessionId })
  const { order, downloads } = (await answer.json()) as {
    order: { id: string; total: number; items: Item[] }
    downloads: { slug: string }[]
  }
  return { order, slugs: downloads.map(({ slug }) => slug) }
}

const bySlug = (list: Item[]) => [...list].sort((a, b) => a.slug.localeCompare(b.slug))

describe('a basket of several products', () => {
  it.each([
    ['paid ones', items(['book', 2], ['print', 1]), 6300],
    ['a free one among them', items(['book', 1], ['free', 1]), 1900],
    ['free ones only', items(['free', 2]), 0],
    ['one alone', items(['print', 3]), 7500],
  ])('ends in one order that names what was bought: %s', async (_what, basket, total) => {
    const { order, slugs } = await opened(await buyAll(basket))
    expect([bySlug(order.items), order.total]).toEqual([bySlug(basket), total])
    expect(new Set(slugs)).toEqual(new Set(basket.map(({ slug }) => slug)))
    expect(await platform.rows('select id from orders where id = $1', [order.id])).toHaveLength(1)
  })

  it('may hold 50 products, and no more', async () => {
    await platform.rows(`insert into products (id, slug, type, status, title, unit_amount, currency)
      select 'prd_many' || i, 'many-' || i, 'direct', 'published', 'One of many', 100, 'eur' from generate_series(1, 51) i`)
    const many = Array.from({ length: 51 }, (_, at): Item => ({ slug: `many-${at + 1}`, quantity: 1 }))
    const { order } = await opened(await buyAll(many.slice(0, 50)))
    expect([order.items.length, order.total]).toEqual([50, 5000])
    expect((await post(platform, '/create_checkout_session', { items: many })).status).toBe(400)
  })

  it('opens one payment page for two tabs of one browser that ask for the same, and two for different baskets', async () => {
    const first = await post(platform, '/create_checkout_session', { items: items(['book', 1], ['print', 1]) })
    const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? ''
    const { url } = (await first.json()) as { url: string }
    expect((await checkOut(items(['book', 1], ['print', 1]), cookie)).url).toBe(url)
    expect((await checkOut(items(['book', 1]), cookie)).url).not.toBe(url)
  })

  it('names a product that was renamed after the sale by its slug of today', async () => {
    const sessionId = await buyAll(items(['print', 1]))
    await opened(sessionId)
    await platform.rows("update products set slug = 'poster' where slug = 'print'")
    expect((await opened(sessionId)).order.items).toEqual(items(['poster', 1]))
    await platform.rows("update products set slug = 'print' where slug = 'poster'")
  })

  it('E8 tells another browser nothing of what is in it', async () => {
    const sessionId = await buyAll(items(['book', 1], ['print', 1]))
    await opened(sessionId)
    const answer = await postAs(platform, '/get_entitlements', { session_id: sessionId })
    expect([answer.status, await answer.json()]).toEqual([401, { state: 'verify_email', message: expect.any(String) }])
  })
})
