import type { ProductFile, ShelfProduct } from '../../shop/catalogue/product.ts'
import { formatMoney, type Money, minorDigits } from '../../shop/money.ts'
import type { Shop } from '../../shop/shop-config.ts'
import { formatBytes } from '../assets/ts/format-bytes.ts'
import { fileKind } from './file-kind.ts'
import type { Picture } from './picture.ts'
import { type ShelfSample, shelfSample } from './shelf-sample.ts'

type ShelfFile = { filename: string; kind: string; size: string; version: number }

type Common = {
  id: string
  slug: string
  /** Path of the product's page. */
  url: string
  title: string
  summary: string
  /** Markdown. */
  description: string
  /** Markdown; empty where the shop's terms say all. */
  licence: string
  category: string | null
  tags: string[]
  badges: string[]
  pictures: Picture[]
  samples: ShelfSample[]
  /** Where its one button leads. */
  href: string
  /** Moments are ISO 8601 in UTC. */
  published: string
  updated: { date: string; text: string; at: string }
}

/** A product as the templates show it; whoever sells it elsewhere never gets a price here. */
export type ShelfItem = Common &
  (
    | {
        type: 'direct'
        price: string
        /** The same for the shop to compare: `1900-eur`, in minor units. */
        seen: string
        isFree: boolean
        decimal: string
        currency: string
        files: ShelfFile[]
        kinds: string
      }
    | {
        type: 'affiliate'
        /** Whether the page itself leads to the other shop, and must report the click. */
        isDirect: boolean
      }
  )

/** Turns a product and its pictures into what the templates show; `seen` names the price that the page showed. */
export function shelfItem(product: ShelfProduct, pictures: Picture[], shop: Shop): ShelfItem {
  const { id, slug, title, summary, description, licence, category, tags, badges } = product
  const updated = updatedOn(product.updated_at, shop.locale)
  const said = { title, summary, description, licence, category, tags, badges }
  const published = momentOf(product.published_at).toISOString()
  const samples = product.samples.map(shelfSample)
  const common = { id, slug, url: `/store/${slug}/`, ...said, pictures, samples, published, updated }
  if (product.type === 'affiliate') {
    const isDirect = shop.affiliate.linkMode === 'direct'
    return { ...common, type: 'affiliate', href: isDirect ? product.affiliate_url : `/go/${slug}`, isDirect }
  }
  const { unit_amount, currency } = product
  const files = product.files.map((file) => shelfFile(file, shop.locale))
  const seen = `${unit_amount}-${currency}`
  return {
    ...common,
    type: 'direct',
    href: `/go/${slug}?seen=${seen}`,
    price: formatMoney({ amount: unit_amount, currency }, shop.locale),
    seen,
    isFree: unit_amount === 0,
    decimal: decimalAmount({ amount: unit_amount, currency }),
    currency: currency.toUpperCase(),
    files,
    kinds: [...new Set(files.map((file) => file.kind))].filter(Boolean).join(', '),
  }
}

function shelfFile(file: ProductFile, locale: string): ShelfFile {
  const { filename, version } = file
  return { filename, kind: fileKind(filename), size: formatBytes(file.size_bytes, locale), version }
}

/** As schema.org wants a price: `19.00`, whatever the locale. */
function decimalAmount({ amount, currency }: Money): string {
  const digits = minorDigits(currency)
  return (amount / 10 ** digits).toFixed(digits)
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Kept, since making one takes longer than using it a thousand times. */
function dateFormat(locale: string): Intl.DateTimeFormat {
  const format = formats.get(locale) ?? new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  formats.set(locale, format)
  return format
}

/** The day is UTC's, so that every machine builds the same page. */
function updatedOn(stamp: string, locale: string): ShelfItem['updated'] {
  const moment = momentOf(stamp)
  const text = dateFormat(locale).format(moment)
  return { date: moment.toISOString().slice(0, 10), text, at: moment.toISOString() }
}

/** `stamp` is PostgreSQL's text of a timestamptz. */
function momentOf(stamp: string): Date {
  return new Date(stamp.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'))
}
