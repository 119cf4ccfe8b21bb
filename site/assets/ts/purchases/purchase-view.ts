import { formatMoney } from '../../../../shop/money.ts'
import type {
  Purchase,
  PurchasedFile,
  PurchasedItem,
  PurchasedVersion,
} from '../../../../shop/purchases/purchase-view.ts'
import { purchaseWords as words } from '../../../_data/purchase-words.ts'
import { formatBytes } from '../format-bytes.ts'

/** A file as the list shows it; `earlier` are older versions of it. */
export type FileView = {
  item: string
  file: string
  name: string
  label: string
  version: string
  changelog: string
  sha256: string
  earlier: FileView[]
}
export type ItemView = { title: string; slug: string; note: string; files: FileView[] }

/** An order as the list shows it: plain values, in the reader's language. */
export type PurchaseView = {
  id: string
  date: string
  state: { name: string; text: string; tone: 'good' | 'wait' | 'closed' }
  total: string
  refunded: string
  items: ItemView[]
  hasFiles: boolean
}

/** Says an order in the shop's words. */
export function purchaseView(order: Purchase, locale: string): PurchaseView {
  const money = (amount: number) => formatMoney({ amount, currency: order.currency }, locale)
  return {
    id: order.id,
    date: sayDate(order.paid_at, locale) || words.order.undated,
    state: stateOf(order),
    total: order.total === 0 ? '' : money(order.total),
    refunded: order.refunded > 0 && order.refunded < order.total ? words.order.refunded(money(order.refunded)) : '',
    items: order.items.map((item) => itemView(item, order.downloads, locale)),
    hasFiles: order.downloads.length > 0,
  }
}

/** `3 November 2026`, or nothing for a time that is not known. */
export function sayDate(time: string | null, locale: string): string {
  return time === null ? '' : new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date(time))
}

function stateOf({ status, total }: Purchase): PurchaseView['state'] {
  const said = isKnown(status) ? words.status[status] : words.unknownStatus
  if (status === 'paid' && total === 0) return { name: words.order.free, text: '', tone: 'good' }
  if (status === 'paid' || status === 'partially_refunded') return { ...said, tone: 'good' }
  return { ...said, tone: status === 'refunded' || status === 'failed' ? 'closed' : 'wait' }
}

function isKnown(status: string): status is keyof typeof words.status {
  return Object.hasOwn(words.status, status)
}

function itemView(item: PurchasedItem, downloads: PurchasedFile[], locale: string): ItemView {
  const count = new Intl.NumberFormat(locale).format(item.quantity)
  const files = downloads.filter((file) => file.order_item_id === item.id)
  return {
    title: item.quantity > 1 ? `${words.order.quantity(count)} ${item.title}` : item.title,
    slug: item.slug ?? '',
    note: noteOf(item),
    files: files.map((file) => ({
      ...fileView(file, file, locale),
      earlier: file.earlier.map((version) => fileView(version, file, locale)),
    })),
  }
}

function noteOf({ refunded_at, revoked_at }: PurchasedItem): string {
  if (refunded_at) return words.order.itemRefunded
  return revoked_at ? words.order.itemRevoked : ''
}

function fileView(version: PurchasedVersion, of: PurchasedFile, locale: string): FileView {
  const { file_id, filename, size_bytes, sha256 } = version
  const isPlain = version === of && of.earlier.length === 0 && of.version === 1
  return {
    item: of.order_item_id,
    file: file_id,
    name: words.file.name(filename, formatBytes(size_bytes, locale)),
    label: words.file.downloadOf(of.title, filename),
    version: isPlain ? '' : words.file.version(new Intl.NumberFormat(locale).format(version.version)),
    changelog: version.changelog,
    sha256,
    earlier: [],
  }
}
