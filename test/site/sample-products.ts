import { createHash } from 'node:crypto'
import type { ProductImage, ShelfProduct } from '../../shop/catalogue/product.ts'

/** A PNG of one white pixel. */
export const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==',
  'base64',
)

export const pixelImage: ProductImage = {
  sha256: createHash('sha256').update(PIXEL).digest('hex'),
  alt: 'One "white" pixel & nothing <else>',
  width: 1,
  height: 1,
  content_type: 'image/png',
}

const HOSTILE = `## A heading

### Its part

{{ 7*7 }} {% set x = 1 %} <script>alert(1)</script> <img src=x onerror=alert(1)>

[a link](javascript:alert(1)) and ![a picture](https://elsewhere.example/x.png)`

type Plain =
  | 'status'
  | 'description'
  | 'badges'
  | 'category'
  | 'tags'
  | 'licence'
  | 'samples'
  | 'position'
  | 'published_at'
  | 'updated_at'

const common: Pick<ShelfProduct, Plain> = {
  status: 'published',
  description: 'Plain **words**.',
  badges: [],
  category: null,
  tags: [],
  licence: '',
  samples: [],
  position: 0,
  published_at: '2026-10-01 08:00:00+00',
  updated_at: '2026-11-03 23:30:00.5+00',
}

/** A small shelf with one product of every kind, in the shop's order. */
export const sampleProducts: ShelfProduct[] = [
  {
    ...common,
    id: 'prd_book',
    type: 'direct',
    slug: 'book',
    title: 'A Book & <More>',
    summary: 'Everything "quoted" in it.',
    description: HOSTILE,
    unit_amount: 1900,
    currency: 'eur',
    affiliate_url: null,
    images: [pixelImage, pixelImage],
    badges: ['New'],
    files: [
      {
        filename: 'book.pdf',
        content_type: 'application/pdf',
        size_bytes: 2_134_567,
        sha256: 'a'.repeat(64),
        version: 1,
      },
      {
        filename: 'book.epub',
        content_type: 'application/epub+zip',
        size_bytes: 812_345,
        sha256: 'b'.repeat(64),
        version: 2,
      },
    ],
  },
  {
    ...common,
    id: 'prd_sample',
    type: 'direct',
    slug: 'sample',
    title: 'A Sample',
    summary: 'The first chapter.',
    unit_amount: 0,
    currency: 'eur',
    affiliate_url: null,
    images: [],
    files: [],
  },
  {
    ...common,
    id: 'prd_mat',
    type: 'affiliate',
    slug: 'mat',
    title: 'A Cutting Mat',
    summary: 'The one on our bench.',
    unit_amount: null,
    currency: null,
    affiliate_url: 'https://www.amazon.com/dp/B000000000?tag=tillexample-20',
    images: [pixelImage],
    files: [],
  },
]
