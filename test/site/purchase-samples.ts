import type { Purchase, PurchasedFile, Purchases } from '../../shop/purchases/purchase-view.ts'

export const BUYER = 'ada@example.com'
const SUM = '5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8'

/** A file of an order's first item, as POST /get_purchases says it. */
export function sampleFile(order: string, more: Partial<PurchasedFile> = {}): PurchasedFile {
  return {
    order_item_id: `itm_${order}`,
    file_id: 'fil_book2',
    slug: 'book',
    title: 'A Book & <More>',
    filename: 'a-book.pdf',
    size_bytes: 2_134_567,
    sha256: SUM,
    version: 1,
    changelog: '',
    earlier: [],
    ...more,
  }
}

/** A paid order of one book. */
export function samplePurchase(number: number, more: Partial<Purchase> = {}): Purchase {
  const id = `ord_${String(number).padStart(26, '0')}`
  return {
    id,
    status: 'paid',
    paid_at: new Date(Date.UTC(2026, 10, 20, 9) - number * 86_400_000).toISOString(),
    total: 1900,
    currency: 'eur',
    tax: 0,
    discount: 0,
    refunded: 0,
    items: [
      {
        id: `itm_${id}`,
        title: 'A Book & <More>',
        slug: 'book',
        quantity: 1,
        amount_total: 1900,
        refunded_at: null,
        revoked_at: null,
      },
    ],
    refunds: [],
    downloads: [sampleFile(id)],
    ...more,
  }
}

/** An order whose book has a third version, with what changed. */
export function versionedPurchase(number: number): Purchase {
  const order = samplePurchase(number)
  const current = {
    file_id: 'fil_book3',
    version: 3,
    filename: 'a-book-v3.pdf',
    changelog: 'Chapter 7 is new.\nThe index is complete.',
  }
  const earlier = [2, 1].map((version) => ({
    file_id: `fil_book${version}`,
    version,
    filename: `a-book-v${version}.pdf`,
    size_bytes: 2_000_000 + version,
    sha256: SUM,
    changelog: version === 2 ? 'Larger type in the tables.' : '',
  }))
  return { ...order, downloads: [sampleFile(order.id, { ...current, earlier })] }
}

/** A page of POST /get_purchases. */
export function samplePage(orders: Purchase[], more: Partial<Purchases> = {}): Purchases {
  return { email: BUYER, via: 'account', orders, next: null, banner: null, ...more }
}
