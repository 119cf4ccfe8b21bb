import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCsv, writeCsv } from '../../cli/commands/catalogue/csv-catalogue.ts'
import { entryOf } from '../../cli/commands/catalogue/entry-of.ts'
import { readYaml, writeYaml } from '../../cli/commands/catalogue/yaml-catalogue.ts'
import type { CopiedProduct } from '../../db/catalogue-copy.ts'
import { readEntry } from '../../shop/catalogue/catalogue-entry.ts'
import { checkProduct } from '../../shop/catalogue/product-check.ts'
import { RESERVED_SLUGS } from '../../shop/catalogue/slug.ts'
import shop from '../../shop.config.ts'

const wellFormed = (text: string) => text.isWellFormed() && !text.includes('\0')
const unit = fc.oneof(
  fc.constantFrom(
    'a',
    ' ',
    '\n',
    '\r\n',
    '"',
    "'",
    ',',
    ';',
    ':',
    '#',
    '-',
    '=',
    '@',
    '|',
    '>',
    '~',
    '\t',
    '\u0085',
    '\u2028',
    '\ufeff',
    '😀',
  ),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
)
const text = (max: number) => fc.string({ unit, maxLength: max }).filter(wellFormed)
const tricky = fc.constantFrom(
  'null',
  '~',
  'yes',
  '1.0',
  '0x1F',
  '2026-11-01',
  '=1+1',
  "'=1",
  '- a',
  '# b',
  '',
  '*',
  '&a',
  '!!str x',
)
const line = (max: number, least = 0) =>
  fc
    .oneof(tricky, text(max))
    .map((value) => value.replace(/[\p{Cc}\u2028\u2029]/gu, '').trim())
    .filter((value) => value.length >= least)
const slug = fc.stringMatching(/^[a-z0-9-]{1,20}$/).filter((value) => !RESERVED_SLUGS.includes(value))
const sha256 = fc.stringMatching(/^[0-9a-f]{64}$/)
const side = fc.integer({ min: 1, max: 12_000 })
const type = fc.constantFrom('image/jpeg', 'image/png', 'image/webp', 'image/avif')
const image = fc.record({ sha256, alt: line(60, 1), width: side, height: side, content_type: type })
const sample = fc.record(
  {
    kind: fc.constantFrom('audio' as const),
    sha256,
    alt: line(9, 1),
    content_type: fc.constant('audio/wav'),
    seconds: fc.constantFrom(0, 12.5),
  },
  { requiredKeys: ['kind', 'sha256', 'alt', 'content_type'] },
)
const sold = fc.oneof(
  fc.record({
    type: fc.constant('direct'),
    unit_amount: fc.integer({ min: 50, max: 99_999_999 }),
    currency: fc.constantFrom('eur', 'usd'),
    affiliate_url: fc.constant(null),
  }),
  fc.constant({ type: 'direct', unit_amount: 1250, currency: 'kwd', affiliate_url: null }),
)
const moment = fc.constantFrom('2026-11-23 22:32:22.123456+00', '2020-01-01 00:00:00+00', '1999-12-31 23:59:59.5-05:30')
const product = fc
  .record({
    id: fc.stringMatching(/^prd_[a-z0-9]{4,20}$/),
    slug,
    status: fc.constantFrom('draft', 'published', 'retired'),
    title: line(60, 1),
    summary: line(60),
    description: fc.oneof(tricky, text(200)),
    licence: text(50),
    category: fc.option(slug),
    tags: fc.array(slug, { maxLength: 3 }),
    badges: fc.array(line(20, 1), { maxLength: 3 }),
    images: fc.array(image, { maxLength: 2 }),
    samples: fc.array(sample, { maxLength: 1 }),
    position: fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }),
    version: fc.integer({ min: 1, max: 1000 }),
    created_at: moment,
    updated_at: moment,
    published_at: fc.option(moment),
    earlier_slugs: fc.array(fc.record({ slug, changed_at: moment }), { maxLength: 2 }),
  })
  .chain((said) => sold.map((sale) => ({ ...said, ...sale }) as CopiedProduct))

/** What an import would write of what an export has written. */
function taken(raw: Record<string, unknown>) {
  const entry = readEntry(raw)
  if ('faults' in entry) throw new Error(JSON.stringify(entry.faults))
  const checked = checkProduct(entry.fields, shop)
  if ('faults' in checked) throw new Error(JSON.stringify(checked.faults))
  return { published_at: null, ...entry.facts, ...checked.product }
}

describe.each([
  ['YAML', writeYaml, readYaml],
  ['CSV', writeCsv, readCsv],
])('a catalogue in %s', (_, write, read) => {
  it('comes back as it went, whatever its texts say', () => {
    fc.assert(
      fc.property(fc.array(product, { maxLength: 4 }), (products) => {
        expect(read(write(products.map(entryOf))).map(taken)).toEqual(products)
      }),
      { numRuns: 300 },
    )
  })

  it('says what is wrong with a file that is none', () => {
    expect(() => read('{"products": [1')).toThrow(/This is no|names no column/)
    expect(() => read('a: "')).toThrow(/This is no|names no column/)
    expect(() => read('')).toThrow(/no list called products|names no column/)
  })
})

describe('readYaml', () => {
  it('takes every value as it stands there, and no trick of YAML', () => {
    expect(readYaml('products:\n  - slug: no\n    price: 19.00\n    category:\n')).toEqual([
      { slug: 'no', price: '19.00', category: '' },
    ])
    expect(() => readYaml('products:\n  - &a [*a]')).toThrow()
    const bomb = `products:\n${'abcdefgh'
      .split('')
      .map((name, i) => `  - x: &${name} [${i ? `*${'abcdefgh'[i - 1]},`.repeat(9) : '1'}]`)
      .join('\n')}`
    expect(() => readYaml(bomb)).toThrow()
  })
})

describe('writeCsv', () => {
  it('hides what a spreadsheet would take for a formula', () => {
    const [, row = ''] = writeCsv([{ slug: 'a', title: '=1+1', tags: [], badges: [] }]).split('\n')
    expect(row).toContain("'=1+1")
    expect(readCsv(`slug;title\na;'=1+1\n`)).toEqual([{ slug: 'a', title: '=1+1' }])
  })
})
