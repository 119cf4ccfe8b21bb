import type { ReceiptOrder } from '../../../shop/mail/receipt.ts'
import ownConfig from '../../../shop.config.ts'

/** What a receipt is written with, whatever the order. */
export const SURROUNDINGS = {
  shop: { ...ownConfig, name: 'Ada & Sons', locale: 'en', supportEmail: 'help@shop.example' },
  siteUrl: 'https://shop.example',
  orderLink: 'https://shop.example/success/?access=a.b.c',
}

/** One line of an order, without discount and tax unless said. */
export function receiptItem(facts: Partial<ReceiptOrder['items'][number]> = {}): ReceiptOrder['items'][number] {
  return { title: 'A Book', quantity: 1, unit_amount: 1900, amount_discount: 0, amount_tax: 0, ...facts }
}

export function receiptOrder(facts: Partial<ReceiptOrder> = {}): ReceiptOrder {
  return {
    id: 'ord_1',
    status: 'paid',
    currency: 'eur',
    amount_discount: 0,
    amount_tax: 0,
    amount_total: 1900,
    amount_refunded: 0,
    paid_at: new Date('2026-11-23T23:30:00Z'),
    items: [receiptItem()],
    ...facts,
  }
}
