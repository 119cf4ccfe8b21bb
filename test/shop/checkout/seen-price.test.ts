import { describe, expect, it } from 'vitest'
import { readSeenPrice } from '../../../shop/checkout/seen-price.ts'

describe('readSeenPrice', () => {
  it.each([
    ['1900-eur', { amount: 1900, currency: 'eur' }],
    ['0-eur', { amount: 0, currency: 'eur' }],
    ['1500-jpy', { amount: 1500, currency: 'jpy' }],
  ])('reads %s', (text, money) => {
    expect(readSeenPrice([text])).toEqual(money)
  })

  it.each([
    '',
    '1900',
    '-1900-eur',
    '19.00-eur',
    '1e3-eur',
    '01900-eur',
    '1900-EUR',
    '1900-euro',
    ' 1900-eur',
    '1900-eur\n',
    '9999999999999-eur',
    'NaN-eur',
    "1900-eur' or 1=1--",
  ])('takes %j for nothing', (text) => {
    expect(readSeenPrice([text])).toBeNull()
  })

  it('takes no word for a price that is named twice', () => {
    expect(readSeenPrice(['1900-eur', '1-eur'])).toBeNull()
    expect(readSeenPrice([])).toBeNull()
  })
})
