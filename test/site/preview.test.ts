import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ShelfProduct } from '../../shop/catalogue/product.ts'
import shop from '../../shop.config.ts'
import { describePicture } from '../../site/_build/picture.ts'
import { bundlePreview } from '../../site/_build/preview/bundle-preview.ts'
import type { RenderProduct } from '../../site/_build/preview/create-preview.ts'
import { createSampleSite, type SampleSite } from './build-sample-site.ts'
import { sampleProducts } from './sample-products.ts'

let site: SampleSite
let folder: string
let render: RenderProduct

beforeAll(async () => {
  site = await createSampleSite()
  await site.build()
  folder = await mkdtemp(join(tmpdir(), 'till-preview-'))
  const urls = await bundlePreview(folder, shop)
  await import(pathToFileURL(join(folder, urls['preview.js'] ?? '')).href)
  render = (globalThis as unknown as { tillPreview: RenderProduct }).tillPreview
})
afterAll(async () => {
  await site.remove()
  await rm(folder, { recursive: true })
})

/** The product's own part of a page, without scripts, which a preview never has, and without the spaces around them. */
function articleOf(html: string): string {
  const article =
    /<article class="product [\s\S]*<\/article>/.exec(html.split('<section class="band related"')[0] ?? '')?.[0] ?? ''
  return article.replace(/<script[\s\S]*?<\/script>/g, '').replace(/\s+/g, ' ')
}

const draw = (product: ShelfProduct) => render(product, product.images.map(describePicture))

describe('the preview of a product', () => {
  it('says what its built page says, word for word', async () => {
    const shown = sampleProducts.filter(({ status }) => status === 'published')
    expect(shown.length).toBeGreaterThan(2)
    for (const product of shown) {
      const built = articleOf(await site.read(`store/${product.slug}/index.html`))
      expect(built.length).toBeGreaterThan(200)
      expect(articleOf(draw(product))).toBe(built)
    }
  })

  it('runs nothing, and turns everything that was typed into text', () => {
    const [product] = sampleProducts
    if (!product) throw new Error('there must be a product')
    const evil = '<img src=x onerror=alert(1)><script>alert(1)</script>{{ shop.name }}'
    const html = draw({ ...product, title: evil, summary: evil, description: evil, badges: [evil] })
    expect(html).not.toContain('<img src=x')
    expect(html).not.toContain('<script')
    expect(html).toContain('{{ shop.name }}')
  })
})
