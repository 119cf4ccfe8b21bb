import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import shop from '../../shop.config.ts'
import { createSampleSite, type SampleSite, SITE_URL } from './build-sample-site.ts'

let site: SampleSite
beforeAll(async () => {
  site = await createSampleSite()
  await site.build()
})
afterAll(() => site.remove())

const all = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map((match) => match[1] ?? '')

describe('a product of our own', () => {
  it('shows its price and buys by a link that says which price was seen', async () => {
    const html = await site.read('store/book/index.html')
    expect(html).toContain('€19.00')
    expect(html).toContain('href="/go/book?seen=1900-eur"')
  })

  it('says which files are inside, in which formats and sizes', async () => {
    const text = (await site.read('store/book/index.html')).replaceAll(/<[^>]+>/g, '')
    expect(text).toContain('PDF book.pdf 2.1 MB')
    expect(text).toContain('EPUB book.epub 812 kB, version 2')
  })

  it('asks for no money where there is none to pay', async () => {
    const html = await site.read('store/sample/index.html')
    expect(html).toContain('Get it free')
    expect(html).not.toContain('Buy now')
  })

  it('states its offer for search engines, with nothing in it that could end the block', async () => {
    const [block = ''] = all(
      await site.read('store/book/index.html'),
      /<script type="application\/ld\+json">(.*?)<\/script>/gs,
    )
    expect(block).not.toContain('<')
    expect(JSON.parse(block)).toMatchObject({
      name: 'A Book & <More>',
      offers: { price: '19.00', priceCurrency: 'EUR', url: `${SITE_URL}/store/book/` },
    })
  })

  it('keeps whatever a description holds inert', async () => {
    const html = await site.read('store/book/index.html')
    expect(html).toContain('{{ 7*7 }}')
    expect(html).not.toContain('49')
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(html).not.toContain('<script>alert')
    expect(html).not.toContain('<img src=x')
    expect(html).not.toContain('href="javascript:')
    expect(html).not.toContain('src="https://elsewhere.example')
  })

  it('fits the headings of a description under those of the page, whichever level they start at', async () => {
    const html = await site.read('store/book/index.html')
    const headings = [...html.matchAll(/<h(\d)>(A heading|Its part)</g)].map((match) => match.slice(1))
    expect(headings).toEqual([
      ['3', 'A heading'],
      ['4', 'Its part'],
    ])
  })

  it('escapes titles, summaries and alternative texts', async () => {
    const html = await site.read('store/book/index.html')
    expect(html).toContain('<h1>A Book &amp; &lt;More&gt;</h1>')
    expect(html).toContain('content="Everything &quot;quoted&quot; in it."')
    expect(html).toContain('alt="One &quot;white&quot; pixel &amp; nothing &lt;else&gt;"')
  })

  it('sizes its pictures, and loads all but the first when they are needed', async () => {
    const pictures = all(await site.read('store/book/index.html'), /<(img [^>]+)>/g)
    expect(pictures).toHaveLength(4)
    for (const picture of pictures) expect(picture).toMatch(/width="1" height="1"/)
    expect(pictures.filter((picture) => !picture.includes('loading="lazy"'))).toEqual([pictures[0]])
  })
})

describe('a product that others sell', () => {
  it('discloses before the link, says that the link is paid, and marks it for search engines', async () => {
    const html = await site.read('store/mat/index.html')
    const link = html.indexOf('href="/go/mat"')
    expect(link).toBeGreaterThan(-1)
    expect(html.indexOf(shop.affiliate.disclosure)).toBeGreaterThan(-1)
    expect(html.indexOf(shop.affiliate.disclosure)).toBeLessThan(link)
    expect(html).toContain('href="/go/mat" rel="sponsored nofollow noopener">See on Amazon (paid link)</a>')
  })

  it('shows no price, no rating and no offer', async () => {
    const html = await site.read('store/mat/index.html')
    expect(html).not.toMatch(/[€$£]\s?\d|class="price|rating|"@type":"(Offer|Product)"|product:price/i)
  })

  it('leads to the shop itself where the seller prefers that', async () => {
    const direct = await createSampleSite()
    await direct.build(undefined, { shop: { ...shop, affiliate: { ...shop.affiliate, linkMode: 'direct' } } })
    const html = await direct.read('store/mat/index.html')
    expect(html).toContain(
      'href="https://www.amazon.com/dp/B000000000?tag=tillexample-20" rel="sponsored nofollow noopener" data-click="mat"',
    )
    const [script = ''] = all(html, /<script type="module" src="\/(assets\/log-click[^"]+)"/g)
    expect(await direct.read(script)).toContain('/log_click')
    expect(await direct.read('store/book/index.html')).not.toContain(script)
    expect(await site.read('store/mat/index.html')).not.toContain('log-click')
    await direct.remove()
  })

  it('stands apart in the store, below its disclosure', async () => {
    const html = await site.read('store/index.html')
    const [own = '', others = ''] = html.split('id="affiliate"')
    expect(own).toContain('href="/store/book/"')
    expect(own).not.toContain('href="/store/mat/"')
    expect(others.indexOf(shop.affiliate.disclosure)).toBeLessThan(others.indexOf('href="/store/mat/"'))
    expect(others).not.toContain('href="/store/book/"')
  })
})
