import { describe, expect, it } from 'vitest'
import type { ShelfProduct } from '../../shop/catalogue/product.ts'
import shop from '../../shop.config.ts'
import { fileKind } from '../../site/_build/file-kind.ts'
import { headersFile } from '../../site/_build/headers-file.ts'
import { describePicture, pictureWidths } from '../../site/_build/picture.ts'
import { shelfItem } from '../../site/_build/shelf-item.ts'
import { formatBytes } from '../../site/assets/ts/format-bytes.ts'
import { pixelImage, sampleProducts } from './sample-products.ts'

const [book, , mat] = sampleProducts as [ShelfProduct, ShelfProduct, ShelfProduct]

describe('shelfItem', () => {
  it.each([
    [1900, 'eur', '€19.00', '19.00'],
    [500, 'jpy', '¥500', '500'],
    [12_345, 'kwd', 'KWD\u00a012.345', '12.345'],
  ])('shows %i of %s as %s, and as %s to search engines', (unit_amount, currency, price, decimal) => {
    const item = shelfItem({ ...book, unit_amount, currency } as ShelfProduct, [], shop)
    expect(item).toMatchObject({ price, decimal, href: `/go/book?seen=${unit_amount}-${currency}`, isFree: false })
  })

  it('gives a product that others sell neither price nor files', () => {
    const item = shelfItem(mat, [], shop)
    for (const field of ['price', 'decimal', 'currency', 'files']) expect(item).not.toHaveProperty(field)
  })

  it('dates a product by the day of UTC, on every machine', () => {
    expect(shelfItem(book, [], shop).updated).toMatchObject({ date: '2026-11-03', text: 'November 3, 2026' })
    const west = { ...book, updated_at: '2026-11-03 22:30:00-05' }
    expect(shelfItem(west, [], shop).updated.date).toBe('2026-11-04')
  })
})

describe('describePicture', () => {
  it('never makes a picture wider than it is', () => {
    expect(pictureWidths(2000)).toEqual([400, 800, 1400])
    expect(pictureWidths(1400)).toEqual([400, 800, 1400])
    expect(pictureWidths(900)).toEqual([400, 800, 900])
    expect(pictureWidths(300)).toEqual([300])
  })

  it('keeps the proportions and offers the small formats first', () => {
    const picture = describePicture({ ...pixelImage, width: 2000, height: 1500 })
    expect(picture).toMatchObject({ width: 1400, height: 1050 })
    expect(picture.sources.map((source) => source.type)).toEqual(['image/avif', 'image/webp'])
    expect(picture.srcset).toBe(
      [400, 800, 1400].map((w) => `/assets/images/${pixelImage.sha256}-${w}.jpeg ${w}w`).join(', '),
    )
  })
})

describe('formatBytes', () => {
  it.each([
    [1, '1 byte'],
    [999, '999 byte'],
    [812_345, '812 kB'],
    [2_134_567, '2.1 MB'],
    [34_567_890, '35 MB'],
    [7_250_000_000, '7.3 GB'],
  ])('says %i as %s', (bytes, text) => {
    expect(formatBytes(bytes, 'en')).toBe(text)
  })
})

describe('fileKind', () => {
  it.each([
    ['Field notes.pdf', 'PDF'],
    ['archive.tar.gz', 'GZ'],
    ['.hidden', ''],
    ['README', ''],
  ])('calls %s a "%s"', (filename, kind) => {
    expect(fileKind(filename)).toBe(kind)
  })
})

describe('headersFile', () => {
  it('writes a path and below it its headers', () => {
    expect(headersFile({ '/*': { a: '1', b: '2' }, '/x/*': { c: '3' } })).toBe('/*\n  a: 1\n  b: 2\n\n/x/*\n  c: 3\n')
  })
})
