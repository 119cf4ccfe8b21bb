import { describe, expect, it } from 'vitest'
import { checkProduct, fieldsOf } from '../../../shop/catalogue/product-check.ts'
import type { ProductFields } from '../../../shop/catalogue/product-fields.ts'

const SHOP = {
  affiliate: { linkMode: 'redirect' as const, tags: { 'www.amazon.com': ['tillexample-20'] }, disclosure: 'I earn.' },
}
const IMAGE = { sha256: 'a'.repeat(64), alt: 'A book', width: 800, height: 600, content_type: 'image/png' as const }
const BOOK: ProductFields = {
  type: 'direct',
  slug: 'book',
  title: 'A Book',
  summary: 'In one line',
  description: '# Hello',
  price: '19.00',
  currency: 'eur',
  link: '',
  category: 'books',
  tags: ['pdf'],
  badges: ['New'],
  licence: '',
  images: [IMAGE],
  samples: [],
}
const PEN: ProductFields = {
  ...BOOK,
  type: 'affiliate',
  price: '',
  currency: '',
  link: 'https://www.amazon.com/dp/B000000001?tag=tillexample-20',
}

function faultsOf(changes: Record<string, unknown>, base = BOOK) {
  const checked = checkProduct({ ...base, ...changes }, SHOP)
  return 'faults' in checked ? checked.faults : null
}

describe('checkProduct', () => {
  it('turns what was typed into what the catalogue keeps, and back', () => {
    const checked = checkProduct({ ...BOOK, title: '  A Book ' }, SHOP)
    if ('faults' in checked) throw new Error('it must be sound')
    expect(checked.product).toMatchObject({ title: 'A Book', unit_amount: 1900, currency: 'eur', affiliate_url: null })
    expect(fieldsOf(checked.product)).toEqual(BOOK)
    const pen = checkProduct(PEN, SHOP)
    if ('faults' in pen) throw new Error('it must be sound')
    expect(pen.product).toMatchObject({ unit_amount: null, currency: null, affiliate_url: PEN.link })
    expect(fieldsOf(pen.product)).toEqual(PEN)
  })

  it.each([
    ['title', '', 'The title is missing.'],
    ['title', '   ', 'The title is missing.'],
    ['title', 'two\nlines', 'The title is one line.'],
    ['title', 'x'.repeat(201), 'The title has 200 characters at most.'],
    ['title', 7, 'The title is a text.'],
    ['slug', 'A Book', 'such as small-and-finished'],
    ['slug', '', '1 to 80'],
    ['slug', 'search', 'belongs to the store itself'],
    ['summary', 'x'.repeat(301), '300 characters at most'],
    ['description', 'a\0b', 'cannot be kept'],
    ['price', '', 'Say what it costs; 0 gives it away for free.'],
    ['price', '1.900', 'can be read in two ways'],
    ['currency', 'euro', 'by its three letters, such as eur'],
    ['currency', 'zzz', 'by its three letters, such as eur'],
    ['link', 'https://example.com', 'What you sell yourself has no link'],
    ['category', 'Wall Art', 'such as wall-art'],
    ['tags', Array(21).fill('a'), '20 tags at most'],
    ['badges', Array(7).fill('a'), '6 badges at most'],
    ['licence', 'x'.repeat(20_001), '20000 characters at most'],
  ])('says beside %s what is wrong with %j', (field, value, fault) => {
    expect(faultsOf({ [field]: value })).toEqual({ [field]: expect.stringContaining(fault) })
  })

  it('names the picture and the tag that are wrong, and fields that there are not', () => {
    expect(faultsOf({ images: [IMAGE, { ...IMAGE, alt: ' ' }] })).toEqual({
      'images.1.alt': 'What it shows, for people who cannot see it, is missing.',
    })
    expect(faultsOf({ images: [{ ...IMAGE, content_type: 'image/svg+xml' }] })).toHaveProperty('images.0.content_type')
    expect(faultsOf({ tags: ['pdf', 'To Print'] })).toEqual({ 'tags.1': expect.stringContaining('A tag is written') })
    expect(faultsOf({ unit_amount: 1 })).toEqual({ unit_amount: 'There is no such field.' })
    expect(checkProduct(null, SHOP)).toEqual({ faults: { product: expect.any(String) } })
  })

  it('tells every fault at once', () => {
    expect(Object.keys(faultsOf({ title: '', slug: '', category: 'A' }) ?? {}).sort()).toEqual([
      'category',
      'slug',
      'title',
    ])
  })

  it('counts characters as people do', () => {
    expect(faultsOf({ title: '😀'.repeat(200) })).toBeNull()
  })

  it.each([
    ['price', '19', 'A recommendation has no price'],
    ['link', '', 'Say where the recommendation leads.'],
    ['link', 'https://amzn.to/abc', 'hides where it leads'],
    ['link', 'https://www.amazon.com.evil.com/dp/B000000001?tag=tillexample-20', 'does not lead to a host'],
    ['link', 'https://www.amazon.com/dp/B000000001', 'carries 0 tags'],
    ['link', 'https://www.amazon.com/dp/B000000001?tag=other-20', 'does not name as yours'],
    ['link', 'javascript:alert(1)', 'does not lead to a host'],
    ['title', 'Only $9.99 today', 'is a price, which only Amazon may state'],
    ['summary', '4.8 out of 5', 'is a rating'],
    ['description', 'Buy for €20', 'is a price'],
    ['badges', ['★★★★★'], 'is a rating'],
  ])('holds recommendations to the rules of links that pay: %s %j', (field, value, fault) => {
    expect(faultsOf({ [field]: value }, PEN)).toEqual({ [field]: expect.stringContaining(fault) })
  })
})
