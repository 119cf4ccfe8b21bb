import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newCoupon } from '../../local/stripe/new-discount.ts'
import { newLineItem, newProduct } from '../../local/stripe/new-line-item.ts'
import { priceLines } from '../../local/stripe/pricing.ts'

const product = newProduct(
  { name: 'Font', description: undefined, images: [], metadata: {}, tax_code: undefined, unit_label: undefined },
  0,
)
const line = fc
  .record({
    unit_amount: fc.nat(1_000_000),
    quantity: fc.integer({ min: 1, max: 20 }),
    tax_behavior: fc.constantFrom('inclusive', 'exclusive', 'unspecified'),
  })
  .map((asked) => newLineItem({ ...asked, currency: 'eur', product, metadata: {} }, 0))
const lines = fc.array(line, { minLength: 1, maxLength: 50 })

const coupon = (percent_off: number | undefined, amount_off: number | undefined) =>
  newCoupon(
    {
      id: 'C',
      metadata: {},
      products: undefined,
      amount_off,
      currency: 'eur',
      duration: 'once',
      duration_in_months: undefined,
      max_redemptions: undefined,
      name: undefined,
      percent_off,
      redeem_by: undefined,
    },
    0,
  )

const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)

describe('priceLines', () => {
  it('spreads exactly the coupon over the lines, none of which falls below zero', () => {
    fc.assert(
      fc.property(lines, fc.nat(2_000_000), (items, amount_off) => {
        const subtotal = sum(items.map((item) => item.amount_subtotal))
        const priced = priceLines(items, { coupon: coupon(undefined, amount_off + 1), taxed: false })
        expect(sum(priced.map((item) => item.amount_discount))).toBe(Math.min(subtotal, amount_off + 1))
        expect(priced.every((item) => item.amount_total >= 0)).toBe(true)
      }),
    )
  })

  it('takes the percentage of the whole, rounded once', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 100 }), (items, percent) => {
        const subtotal = sum(items.map((item) => item.amount_subtotal))
        const priced = priceLines(items, { coupon: coupon(percent, undefined), taxed: false })
        expect(sum(priced.map((item) => item.amount_discount))).toBe(Math.round((subtotal * percent) / 100))
      }),
    )
  })

  it('moves nothing that a bank cannot: thousandths of a dinar come in tens', () => {
    const dinars = fc
      .record({ unit_amount: fc.nat(100_000).map((tens) => tens * 10), quantity: fc.integer({ min: 1, max: 20 }) })
      .map((asked) => newLineItem({ ...asked, tax_behavior: 'exclusive', currency: 'kwd', product, metadata: {} }, 0))
    fc.assert(
      fc.property(
        fc.array(dinars, { minLength: 1, maxLength: 20 }),
        fc.double({ min: 0.1, max: 100, noNaN: true }),
        (items, percent) => {
          const priced = priceLines(items, { coupon: coupon(percent, undefined), taxed: true })
          for (const { amount_discount, amount_tax, amount_total } of priced)
            expect([amount_discount % 10, amount_tax % 10, amount_total % 10]).toEqual([0, 0, 0])
          const discount = (sum(items.map((item) => item.amount_subtotal)) * percent) / 100
          expect(Math.abs(sum(priced.map((item) => item.amount_discount)) - discount)).toBeLessThanOrEqual(5)
        },
      ),
    )
  })

  it('raises totals by exclusive tax only', () => {
    fc.assert(
      fc.property(lines, (items) => {
        for (const item of priceLines(items, { taxed: true })) {
          const added = item.price?.tax_behavior === 'exclusive' ? item.amount_tax : 0
          expect(item.amount_total).toBe(item.amount_subtotal - item.amount_discount + added)
        }
      }),
    )
  })
})
