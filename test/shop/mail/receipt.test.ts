import { describe, expect, it } from 'vitest'
import { type ReceiptOrder, writeReceipt } from '../../../shop/mail/receipt.ts'
import type { OrderStatus } from '../../../shop/orders/order-status.ts'
import { receiptItem, receiptOrder, SURROUNDINGS } from './receipt-order.ts'

const write = (facts: Partial<ReceiptOrder> = {}) => writeReceipt(receiptOrder(facts), SURROUNDINGS)
const rowsOf = (facts: Partial<ReceiptOrder>) => write(facts).rows.map(({ label, value }) => `${label}: ${value}`)

describe('writeReceipt', () => {
  it('says what was bought, when, and what it cost', () => {
    expect(write()).toMatchObject({
      subject: 'Your receipt from Ada & Sons',
      preview: 'Order ord_1, €19.00',
      heading: 'Thank you for your order',
      action: { url: SURROUNDINGS.orderLink },
      facts: ['Order ord_1', 'Date: November 23, 2026'],
      rows: [
        { label: 'A Book', value: '€19.00' },
        { label: 'Total paid', value: '€19.00', isTotal: true },
      ],
    })
  })

  it('leads to all orders and to a person', () => {
    const notes = write().notes.join('\n')
    expect(notes).toContain('https://shop.example/purchases/')
    expect(notes).toContain('help@shop.example')
  })

  it.each([
    ['paid', true],
    ['partially_refunded', true],
    ['refunded', false],
    ['disputed', false],
    ['review', false],
    ['failed', false],
    ['pending', false],
  ] as [OrderStatus, boolean][])('offers the files of an order that is %s: %s', (status, offered) => {
    const content = write({ status })
    expect(content.action !== null).toBe(offered)
    expect(JSON.stringify(content).includes(SURROUNDINGS.orderLink)).toBe(offered)
    expect(content.paragraphs.join().includes('Your files are ready')).toBe(offered)
  })

  it('tells the buyer of a refunded order so, and how much went back', () => {
    const content = write({ status: 'refunded', amount_refunded: 1900 })
    expect(content.heading).toBe('Your order has been refunded')
    expect(content.rows.at(-1)).toEqual({ label: 'Refunded', value: '−€19.00' })
  })

  it('thanks for a free order without speaking of a payment', () => {
    const items = [receiptItem({ title: 'A Sample', unit_amount: 0 })]
    const content = write({ amount_total: 0, items })
    expect(content.subject).toBe('Your order from Ada & Sons')
    expect(content.rows.at(-1)).toEqual({ label: 'Total', value: '€0.00', isTotal: true })
    expect(content.action).not.toBeNull()
  })

  it('shows discount, tax and what went back, each only when there is some', () => {
    const facts = { amount_discount: 500, amount_tax: 224, amount_total: 1624, amount_refunded: 100 }
    expect(rowsOf(facts)).toEqual(
      expect.arrayContaining(['Discount: −€5.00', 'Tax: €2.24', 'Total paid: €16.24', 'Refunded: −€1.00']),
    )
    expect(rowsOf({}).join()).not.toMatch(/Discount|Tax|Refunded/)
  })

  it('says of each of several lines what it bears of discount and tax', () => {
    const items = [
      receiptItem({ amount_discount: 380, amount_tax: 138 }),
      receiptItem({ title: 'A Print', unit_amount: 1000, amount_discount: 200, amount_tax: 73 }),
      receiptItem({ title: 'A Sample', unit_amount: 0 }),
    ]
    const totals = { amount_discount: 580, amount_tax: 211 }
    const included = write({ items, ...totals, amount_total: 2320 }).rows
    expect(included.map(({ detail }) => detail)).toEqual([
      'Discount −€3.80, Tax included €1.38',
      'Discount −€2.00, Tax included €0.73',
      ...Array(4).fill(undefined),
    ])
    expect(included.map(({ label }) => label)).toContain('Tax included')
    const added = write({ items, ...totals, amount_total: 2531 }).rows
    expect(added[0]?.detail).toBe('Discount −€3.80, Tax €1.38')
    expect(added.map(({ label }) => label)).toContain('Tax')
  })

  it('leaves a line that is alone to the rows of the order', () => {
    const items = [receiptItem({ amount_discount: 380, amount_tax: 138 })]
    expect(write({ items, amount_discount: 380, amount_tax: 138, amount_total: 1520 }).rows[0]).toEqual({
      label: 'A Book',
      value: '€19.00',
    })
  })

  it('counts more than one of a product, and shows the price of one', () => {
    const items = [receiptItem({ quantity: 3 })]
    expect(rowsOf({ items, amount_total: 5700 })).toContain('A Book (3 × €19.00): €57.00')
  })

  it.each([
    ['jpy', 1500, '¥1,500'],
    ['kwd', 1234, 'KWD 1.234'],
  ])('writes %s in its own decimals', (currency, amount, text) => {
    const items = [receiptItem({ unit_amount: amount })]
    const total = write({ currency, amount_total: amount, items }).rows.at(-1)
    expect(total?.value.replace(/\s/g, ' ')).toBe(text)
  })

  it('carries no link to another shop: Amazon forbids its links in mails', () => {
    expect(JSON.stringify(write())).not.toMatch(/amazon/i)
  })
})
