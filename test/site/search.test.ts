import { brotliCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { imagineProduct } from '../../cli/commands/demo/imagine-product.ts'
import type { ShelfProduct } from '../../shop/catalogue/product.ts'
import shop from '../../shop.config.ts'
import { searchFile } from '../../site/_build/search-file.ts'
import { shelfItem } from '../../site/_build/shelf-item.ts'
import { findProducts } from '../../site/assets/ts/search/find-products.ts'
import { foldText } from '../../site/assets/ts/search/fold-text.ts'
import { isNear } from '../../site/assets/ts/search/is-near.ts'
import { readIndex } from '../../site/assets/ts/search/search-index.ts'
import { sampleProducts } from './sample-products.ts'

const [book, , mat] = sampleProducts as [ShelfProduct, ShelfProduct, ShelfProduct]
const item = (extra: Partial<ShelfProduct>) => shelfItem({ ...book, ...extra } as ShelfProduct, [], shop)

const entries = readIndex(
  JSON.parse(
    searchFile([
      item({ slug: 'a', title: 'Café Größe', summary: 'Something about harbours.', tags: ['north-light'] }),
      item({ slug: 'quiet-harbour', title: 'Quiet Harbour', summary: 'Loops.', category: 'sounds' }),
      item({ slug: 'c', title: 'Night Loops', summary: 'Also quiet.', tags: ['harbour'], unit_amount: 0 }),
      shelfItem({ ...mat, title: 'A Quieter Mat' }, [], shop),
    ]).json,
  ),
)
const found = (query: string) => findProducts(entries, query).map(({ title }) => title)

describe('the search', () => {
  it('ranks what is in the title before a tag, and a tag before the summary', () => {
    expect(found('harbour')).toEqual(['Quiet Harbour', 'Night Loops', 'Café Größe'])
  })

  it.each([
    ['CAFE', 'Café Größe'],
    ['café grosse', 'Café Größe'],
    ['gro', 'Café Größe'],
    ['north light', 'Café Größe'],
    ['sounds', 'Quiet Harbour'],
  ])('finds %s: case, accents, beginnings and tags', (query, title) => {
    expect(found(query)).toEqual([title])
  })

  it('wants every word somewhere', () => {
    expect(found('quiet loops')).toEqual(['Quiet Harbour', 'Night Loops'])
    expect(found('quiet zebra')).toEqual([])
  })

  it('puts whole words before beginnings, and the first word of a title before the others', () => {
    expect(found('quiet')).toEqual(['Quiet Harbour', 'A Quieter Mat', 'Night Loops'])
  })

  it.each(['harbuor', 'hatbour', 'harbor', 'harrbour', 'arbour'])('takes %s for harbour', (query) => {
    expect(found(query)).toContain('Quiet Harbour')
  })

  it('does not guess at short words', () => {
    expect(found('lop')).toEqual([])
  })

  it.each(['', '   ', '…', '<>&"'])('finds nothing for %j', (query) => {
    expect(found(query)).toEqual([])
  })

  it('says where each leads and what it costs', () => {
    expect(entries.map(({ url, price }) => [url, price])).toEqual([
      ['/store/a/', '€19.00'],
      ['/store/quiet-harbour/', '€19.00'],
      ['/store/c/', 'Free'],
      ['/store/mat/', 'On Amazon'],
    ])
  })
})

describe('foldText', () => {
  it.each([
    ['Élan, ØRE & Łódź', 'elan ore lodz'],
    ['Straße_№ 5', 'strasse 5'],
    ['日本 語', '日本 語'],
  ])('makes %s into %s', (text, folded) => expect(foldText(text)).toBe(folded))
})

describe('isNear', () => {
  it.each([
    ['loops', 'loops', true],
    ['lops', 'loops', true],
    ['looops', 'loops', true],
    ['lopos', 'loops', true],
    ['lxops', 'loops', true],
    ['harbu', 'harbour', true],
    ['lxxps', 'loops', false],
    ['spool', 'loops', false],
  ])('%s and %s: %s', (typed, word, isIt) => expect(isNear(typed, word)).toBe(isIt))
})

/** Made-up words of a vocabulary of 8,000, the nth of which comes 1/n as often as the first: as real words do. */
function prose(seed: number, length: number): string {
  let state = seed * 7919 + 1
  const chance = () => {
    state = (state * 48271) % 2_147_483_647
    return state / 2_147_483_647
  }
  const words = Array.from({ length }, () => Math.floor(8000 ** chance()))
  return words
    .map((rank) =>
      (rank * 2654435761)
        .toString(36)
        .replace(/[^a-z]/g, '')
        .slice(0, 4 + (rank % 5)),
    )
    .join(' ')
}

describe('the index', () => {
  const many = (count: number) => {
    const amazon = { host: 'www.amazon.com', tag: 'tillexample-20' }
    const rows = Array.from({ length: count }, (_, number) =>
      imagineProduct(number, { currency: 'eur', images: [], amazon }),
    )
    const extra = { status: 'published', files: [], samples: [], updated_at: '2026-01-01 00:00:00+00' }
    return rows.map((row) => shelfItem({ ...row, ...extra } as unknown as ShelfProduct, [], shop))
  }

  it('finds each of 5,000 products by its title, also with a letter missing', () => {
    const big = readIndex(JSON.parse(searchFile(many(5000)).json))
    for (const number of [0, 2499, 4999]) {
      const title = big[number]?.title ?? ''
      expect(findProducts(big, title)[0]?.title).toBe(title)
      expect(findProducts(big, title.replace(/(\w{4})\w(\w*)$/, '$1$2')).map((entry) => entry.title)).toContain(title)
    }
  })

  it('weighs at most 150 KB for 5,000 products whose texts are as various as a language', () => {
    const items = many(5000).map((one, at) => ({ ...one, title: prose(at, 3), summary: prose(at + 5000, 18) }))
    expect(brotliCompressSync(searchFile(items).json).byteLength).toBeLessThan(150_000)
  })

  it('is called after its content', () => {
    const [one, same, other] = [many(3), many(3), many(4)].map((items) => searchFile(items).url)
    expect(one).toBe(same)
    expect(one).not.toBe(other)
  })
})
