import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDemoProducts } from '../support/demo-products.ts'
import { startPlatform, type TestPlatform } from '../support/platform.ts'
import { click } from '../support/sale.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
  await platform.rows(`update products set slug = slug || '-today' where slug in ('book', 'tool', 'gone')`)
})
afterAll(() => platform.close())

const follow = async (path: string) => {
  const { answer } = await click(platform, path)
  return [answer.status, answer.headers.get('location')?.replace(/^https?:\/\/[^/]+/, '')]
}

describe('GET /go/:slug with an earlier slug', () => {
  it('leads on for good, with the price that the buyer saw', async () => {
    expect(await follow('book?seen=1900-eur')).toEqual([301, '/go/book-today?seen=1900-eur'])
    expect(await follow('book')).toEqual([301, '/go/book-today'])
    expect(await follow('tool')).toEqual([301, '/go/tool-today'])
  })

  it('says what today’s slug would say of what is gone or was never there', async () => {
    expect(await follow('gone')).toEqual([301, '/go/gone-today'])
    expect((await follow('gone-today'))[0]).toBe(410)
    expect((await follow('never'))[0]).toBe(404)
  })

  it('keeps nothing in a cache, since the slug may return to its product', async () => {
    const { answer } = await click(platform, 'book')
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })
})
