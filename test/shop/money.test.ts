import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { formatMoney, minorDigits } from '../../shop/money.ts'

describe('minorDigits', () => {
  it.each([
    ['eur', 2],
    ['usd', 2],
    ['jpy', 0],
    ['krw', 0],
    ['clp', 0],
    ['kwd', 3],
    ['bhd', 3],
    ['tnd', 3],
    ['huf', 2],
    ['idr', 2],
    ['isk', 2],
    ['mga', 0],
  ])('of %s is %i', (currency, digits) => {
    expect(minorDigits(currency)).toBe(digits)
  })

  it('refuses what is no currency code', () => {
    expect(() => minorDigits('euro')).toThrow(RangeError)
  })
})

describe('formatMoney', () => {
  it.each([
    [1900, 'eur', 'en', '€19.00'],
    [1900, 'eur', 'de', '19,00 €'],
    [1, 'eur', 'en', '€0.01'],
    [0, 'eur', 'en', '€0.00'],
    [99_999_999, 'usd', 'en', '$999,999.99'],
    [1500, 'jpy', 'en', '¥1,500'],
    [1500, 'jpy', 'ja', '￥1,500'],
    [1, 'jpy', 'en', '¥1'],
    [1234, 'kwd', 'en', 'KWD 1.234'],
    [1, 'kwd', 'en', 'KWD 0.001'],
    [1900, 'gbp', 'en-GB', '£19.00'],
    [250_000, 'huf', 'en', 'HUF 2,500'],
    [250_050, 'huf', 'en', 'HUF 2,500.50'],
    [4_900_000, 'idr', 'id', 'Rp 49.000'],
  ])('writes %i %s for %s as %s', (amount, currency, locale, text) => {
    expect(formatMoney({ amount, currency }, locale).replace(/\s/g, ' ')).toBe(text)
  })

  it.each(['eur', 'jpy', 'kwd', 'mga'])('shows every minor unit of %s: no two amounts look the same', (currency) => {
    const amount = fc.integer({ min: 0, max: 99_999_999 })
    fc.assert(
      fc.property(amount, (minor) => {
        const digits = formatMoney({ amount: minor, currency }, 'en').replace(/\D/g, '')
        expect(Number(digits)).toBe(minor)
      }),
    )
  })

  it('makes a format once, since that takes longer than using it a thousand times', () => {
    const made = vi.spyOn(Intl, 'NumberFormat')
    for (let amount = 0; amount < 50; amount++) formatMoney({ amount, currency: 'nok' }, 'nb')
    expect(made.mock.calls.length).toBeLessThanOrEqual(4)
    made.mockRestore()
  })
})
