import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPrice, writePrice } from '../../../shop/catalogue/price.ts'

describe('readPrice', () => {
  it.each([
    ['19', 'eur', 1900],
    ['19.00', 'eur', 1900],
    ['19,00', 'eur', 1900],
    ['19.5', 'eur', 1950],
    [' 0.50 ', 'eur', 50],
    ['0', 'eur', 0],
    ['0.00', 'eur', 0],
    ['0.30', 'gbp', 30],
    ['1500', 'jpy', 1500],
    ['1.250', 'kwd', 1250],
    ['1,25', 'kwd', 1250],
    ['175', 'huf', 17500],
    ['500', 'isk', 50000],
    ['999999.99', 'usd', 99_999_999],
  ])('reads %s %s as %i', (typed, currency, amount) => {
    expect(readPrice(typed, currency)).toEqual({ amount })
  })

  it.each([
    ['', 'eur', 'Write the price as a plain number, such as 19 or 19.00, without a thousands separator.'],
    ['free', 'eur', 'plain number'],
    ['-5', 'eur', 'plain number'],
    ['+5', 'eur', 'plain number'],
    ['€19', 'eur', 'plain number'],
    ['19 EUR', 'eur', 'plain number'],
    ['1e3', 'eur', 'plain number'],
    ['0x10', 'eur', 'plain number'],
    ['019', 'eur', 'plain number'],
    ['19.', 'eur', 'plain number'],
    ['.5', 'eur', 'plain number'],
    ['1.900,00', 'eur', 'without a thousands separator'],
    ['1,900.00', 'eur', 'without a thousands separator'],
    ['1 900', 'eur', 'plain number'],
    ['١٩', 'eur', 'plain number'],
    ['1.900', 'eur', '1.900 can be read in two ways: write 1900 or 1.90.'],
    ['1,900', 'eur', '1,900 can be read in two ways: write 1900 or 1.90.'],
    ['1,250', 'kwd', '1,250 can be read in two ways: write 1250 or 1.250.'],
    ['1.2345', 'eur', 'EUR has 2 decimals, not 4.'],
    ['1500.00', 'jpy', 'JPY has no decimals: write 1500.'],
    ['0.49', 'eur', 'Stripe takes nothing below 0.50; 0 gives it away for free.'],
    ['49', 'jpy', 'nothing below 50'],
    ['1000000', 'eur', 'Stripe takes 999999.99 at most.'],
    ['1.255', 'kwd', 'in steps of 0.010 only'],
    ['500.50', 'isk', 'in steps of 1.00 only'],
  ])('does not guess what %j %s may mean', (typed, currency, fault) => {
    expect(readPrice(typed, currency)).toEqual({ fault: expect.stringContaining(fault) })
  })

  it('takes back every price that writePrice has written', () => {
    const money = fc.record({
      amount: fc.integer({ min: 0, max: 999_999 }).map((n) => n * 100),
      currency: fc.constantFrom('eur', 'usd', 'jpy', 'kwd', 'huf', 'isk', 'thb'),
    })
    fc.assert(
      fc.property(money, ({ amount, currency }) => {
        const read = readPrice(writePrice({ amount, currency }), currency)
        if ('amount' in read) expect(read).toEqual({ amount })
        else expect(read.fault).toContain('nothing below')
      }),
    )
  })
})

describe('writePrice', () => {
  it.each([
    [1900, 'eur', '19.00'],
    [5, 'eur', '0.05'],
    [0, 'eur', '0.00'],
    [1500, 'jpy', '1500'],
    [1250, 'kwd', '1.250'],
  ])('writes %i %s as %s', (amount, currency, text) => {
    expect(writePrice({ amount, currency })).toBe(text)
  })
})
