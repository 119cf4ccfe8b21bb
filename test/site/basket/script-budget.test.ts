import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSampleSite, type SampleSite } from '../build-sample-site.ts'

let site: SampleSite
/** Compressed bytes of each script that a page names, by the name of its source. */
let scriptsOf: (page: string) => Promise<Record<string, number>>

beforeAll(async () => {
  site = await createSampleSite()
  await site.build()
  scriptsOf = async (page) => {
    const urls = [...(await site.read(page)).matchAll(/<script type="module"[^>]* src="\/(assets\/[^"]+)"/g)]
    const weigh = async ([, path = '']: string[]) =>
      [path.replace(/^assets\/(.*)-\w+\.js$/, '$1'), gzipSync(await site.read(path)).byteLength] as const
    return Object.fromEntries(await Promise.all(urls.map(weigh)))
  }
})
afterAll(() => site?.remove())

const sum = (sizes: Record<string, number>) => Object.values(sizes).reduce((total, size) => total + size, 0)

describe('the scripts of a page, compressed', () => {
  it.each([
    ['store/book/index.html', ['basket', 'landing', 'product']],
    ['store/mat/index.html', ['basket', 'landing', 'product']],
  ])('are at most 3 KB for a product: %s', async (page, expected) => {
    const sizes = await scriptsOf(page)
    expect(expected).toEqual(expect.arrayContaining(Object.keys(sizes)))
    expect(sizes).toHaveProperty('basket')
    expect(sum(sizes)).toBeLessThanOrEqual(3_072)
  })

  it('are at most 1.5 KB for the basket’s part of it', async () => {
    expect((await scriptsOf('store/book/index.html')).basket).toBeLessThanOrEqual(1_536)
  })

  it('are at most 5 KB for a list, which can be searched', async () => {
    const list = await scriptsOf('store/index.html')
    expect(Object.keys(list).sort()).toEqual(['basket', 'landing', 'search'])
    expect(sum(list)).toBeLessThanOrEqual(5_120)
  })

  it('are at most 3 KB for the shop window', async () => {
    expect(sum(await scriptsOf('index.html'))).toBeLessThanOrEqual(3_072)
  })

  it('are at most 6 KB for the basket itself', async () => {
    const { landing: _everywhere, ...own } = await scriptsOf('basket/index.html')
    expect(sum(own)).toBeLessThanOrEqual(6_144)
  })

  it('block nothing: each is a module, and its file is named after what is in it', async () => {
    for (const page of (await site.files()).filter((file) => file.endsWith('.html'))) {
      const html = await site.read(page)
      for (const [tag] of html.matchAll(/<script\b[^>]*\bsrc=[^>]*>/g))
        expect(tag, page).toMatch(/^<script type="module"(?: async)? src="\/assets\/[\w-]+-[A-Z0-9]{8}\.js">$/)
    }
  })
})
