import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Eleventy from '@11ty/eleventy'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ShelfProduct } from '../../shop/catalogue/product.ts'
import shop from '../../shop.config.ts'
import { configureSite } from '../../site/_build/configure-site.ts'
import { sampleProducts } from './sample-products.ts'

const TAGGED = 'https://www.amazon.com/dp/B000000000?tag=tillexample-20'
const LINK = `<a href="${TAGGED}" rel="sponsored nofollow noopener">See on Amazon (paid link)</a>`
const PAGE = `<!doctype html><html lang="en"><head><title>A Mat</title></head><body>
<main><article><h1>A Mat</h1><p>${shop.affiliate.disclosure}</p><p>${LINK}</p><p>The one on our bench.</p></article>
<aside><article><h3><a href="/store/book/">A Book</a></h3><p class="price">€19.00</p></article></aside></main>
<footer>Sold by us. ${shop.affiliate.disclosure}</footer></body></html>`

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'till-lint-'))
})
afterAll(() => rm(root, { recursive: true }))

/** A real build of a shop whose pages say nothing but that of the recommendation `mat`. */
async function build(html: string, products: ShelfProduct[] = sampleProducts): Promise<void> {
  const input = await mkdtemp(join(root, 'shop-'))
  for (const folder of ['layouts', 'pages']) await mkdir(join(input, '_includes', folder), { recursive: true })
  await writeFile(join(input, 'index.njk'), 'The shop')
  await writeFile(join(input, '_includes/layouts/base.njk'), '{{ content | safe }}')
  await writeFile(join(input, '_includes/pages/list.njk'), 'A list')
  await writeFile(join(input, '_includes/pages/product.njk'), `{% if item.slug == "mat" %}${html}{% endif %}`)
  const db = (async () => products.map((product) => ({ ...product, images: [] }))) as never
  const catalogue = { db, images: { read: async () => null }, siteUrl: 'https://shop.example.com' }
  const parts = { shop, headers: () => ({}), catalogue, cacheFolder: join(input, 'pictures') }
  const silenced = (['error', 'log', 'info', 'warn'] as const).map((level) =>
    vi.spyOn(console, level).mockReturnValue(),
  )
  try {
    await new Eleventy(input, join(input, 'out'), {
      quietMode: true,
      config: (eleventy) => configureSite(eleventy, parts),
    }).write()
  } finally {
    for (const spy of silenced) spy.mockRestore()
  }
}

/** Whatever Eleventy wraps it in: the message of the failure and those of its causes. */
async function complaintAbout(html: string, products?: ShelfProduct[]): Promise<string> {
  const error = await build(html, products).then(
    () => new Error('the build did not fail'),
    (reason: unknown) => reason,
  )
  const messages: string[] = []
  for (let at = error; at instanceof Error; at = (at as { originalError?: unknown }).originalError ?? at.cause)
    messages.push(at.message)
  return messages.join('\n')
}

const changed = (from: string, to: string) => {
  if (!PAGE.includes(from)) throw new Error(`the page has no ${from}`)
  return PAGE.replace(from, to)
}

describe('a build with recommendations', () => {
  it('passes when every link is as it must be', async () => {
    await build(PAGE)
    await build(changed(TAGGED, '/go/mat'))
  })

  it.each([
    ['host', 'another country’s shop', changed('amazon.com/dp', 'amazon.fr/dp')],
    ['host', 'no product', changed('/dp/B000000000', '/b/1')],
    ['tag', 'no tag', changed('?tag=tillexample-20', '')],
    ['tag', 'two tags', changed('?tag=tillexample-20', '?tag=tillexample-20&amp;tag=tillexample-20')],
    ['tag', 'another seller’s tag', changed('tillexample-20', 'other-20')],
    ['shortener', 'amzn.to', changed(TAGGED, 'https://amzn.to/3abc')],
    ['shortener', 'bit.ly, beside the real one', changed('on our bench', '<a href="https://bit.ly/x">here</a>')],
    ['rel', 'no rel', changed(' rel="sponsored nofollow noopener"', '')],
    ['rel', 'a rel without sponsored', changed('sponsored ', '')],
    ['rel', 'no rel on the link through the shop', changed(LINK, '<a href="/go/mat">See on Amazon</a>')],
    [
      'rel',
      'no rel on the shop’s own address in full',
      changed(LINK, '<a href="https://shop.example.com/go/mat">Amazon</a>'),
    ],
    ['noreferrer', 'rel=noreferrer', changed('noopener', 'noopener noreferrer')],
    ['noreferrer', 'a referrerpolicy', changed('rel="sponsored', 'referrerpolicy="no-referrer" rel="sponsored')],
    ['noreferrer', 'a meta element', changed('<title>', '<meta name="referrer" content="no-referrer"><title>')],
    ['disclosure', 'none but in the footer', changed(`<p>${shop.affiliate.disclosure}</p>`, '')],
    [
      'disclosure',
      'a hidden one',
      changed(`<p>${shop.affiliate.disclosure}`, `<p hidden>${shop.affiliate.disclosure}`),
    ],
    [
      'disclosure',
      'one in a comment',
      changed(`<p>${shop.affiliate.disclosure}</p>`, `<!-- ${shop.affiliate.disclosure} -->`),
    ],
    ['label', 'a link that only says Buy', changed('See on Amazon (paid link)', 'Buy')],
    ['price', 'a price', changed('on our bench', 'for $19.99')],
    [
      'price',
      'an offer for search engines',
      changed('</main>', '</main><script type="application/ld+json">{"@type":"Offer"}</script>'),
    ],
    ['rating', 'stars', changed('on our bench', '★★★★☆')],
    [
      'rating',
      'a rating for search engines',
      changed('</main>', '</main><script type="application/ld+json">{"@type": "AggregateRating"}</script>'),
    ],
    [
      'image',
      'a picture of Amazon’s',
      changed('<h1>', '<img src="https://m.media-amazon.com/images/I/1.jpg" alt=""><h1>'),
    ],
    [
      'image',
      'one in the styles',
      changed('</head>', '<style>p{background:url(https://m.media-amazon.com/images/I/1.jpg)}</style></head>'),
    ],
    [
      'image',
      'one in a srcset',
      changed('<h1>', '<img src="/a.jpg" srcset="https://images-na.ssl-images-amazon.com/1.jpg 2x" alt=""><h1>'),
    ],
  ])('%s: fails, and names page, product and rule, for %s', async (rule, _what, html) => {
    expect(await complaintAbout(html)).toContain(`page /store/mat/, product "mat", rule ${rule}: `)
  })

  it('disclosure: fails when it stands after the first link', async () => {
    const late = PAGE.replace(
      `<p>${shop.affiliate.disclosure}</p><p>${LINK}</p>`,
      `<p>${LINK}</p><p>${shop.affiliate.disclosure}</p>`,
    )
    expect(late).not.toBe(PAGE)
    expect(await complaintAbout(late)).toContain('rule disclosure: ')
  })

  it('price: looks at the card of a recommendation wherever it is', async () => {
    const card = '<article><h3><a href="/store/mat/">A Mat</a></h3><p>$5</p></article>'
    expect(await complaintAbout(changed('</aside>', `${card}</aside>`))).toContain('product "mat", rule price: “$5”')
  })

  it('names everything that is wrong at once', async () => {
    const complaint = await complaintAbout(changed(LINK, '<a href="https://amzn.to/1" rel="noreferrer">Buy for $5</a>'))
    for (const rule of ['shortener', 'rel', 'noreferrer', 'label', 'price'])
      expect(complaint).toContain(`rule ${rule}: `)
  })
})

describe('the catalogue of a build', () => {
  const withMat = (change: object) =>
    sampleProducts.map((one) => (one.slug === 'mat' ? ({ ...one, ...change } as ShelfProduct) : one))

  it.each([
    ['host', { affiliate_url: 'https://www.amazon.com.evil.com/dp/B000000000?tag=tillexample-20' }],
    ['host', { affiliate_url: 'https://www.amazon.com/s?k=mats&tag=tillexample-20' }],
    ['tag', { affiliate_url: 'https://www.amazon.com/dp/B000000000' }],
    ['tag', { affiliate_url: `${TAGGED}&tag=other-20` }],
    ['shortener', { affiliate_url: 'https://amzn.to/3abc' }],
    ['price', { summary: 'Only 25 € there.' }],
    ['price', { badges: ['$10 off'] }],
    ['rating', { description: 'It has **4.8 out of 5**.' }],
    ['image', { description: '![it](https://m.media-amazon.com/images/I/1.jpg)' }],
  ])('%s: fails for %j even if no page shows it', async (rule, change) => {
    expect(await complaintAbout('A page.', withMat(change))).toContain(`product "mat", rule ${rule}: `)
  })

  it('says nothing about what we sell ourselves', async () => {
    await build(
      'A page.',
      sampleProducts.map((one) => (one.type === 'direct' ? { ...one, summary: 'Now $5, ★★★★★' } : one)),
    )
  })
})
