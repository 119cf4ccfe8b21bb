import { describe, expect, it } from 'vitest'
import { findClaims, isAmazonPicture } from '../../../shop/affiliates/amazon-claims.ts'

const rules = (text: string) => findClaims(text).map(({ rule }) => rule)

describe('findClaims', () => {
  it.each(['$19.99', 'only € 25', '£5', 'USD 30', '30 USD', '24,90 €', 'for 20 euros', 'under 15 dollars', '99 cents'])(
    'price: finds %s',
    (text) => expect(rules(`It is ${text} today.`)).toEqual(['price']),
  )

  it.each(['★★★★☆', '4.7 out of 5', '4,5/5', '5 stars', 'a 4.5-star book', '1,234 ratings', '312 customer reviews'])(
    'rating: finds %s',
    (text) => expect(rules(`It has ${text} there.`)).toEqual(['rating']),
  )

  it.each([
    'The price is on Amazon’s page.',
    'A book of 320 pages in 2 volumes, from 1981, 5th edition',
    'Weighs 2 pounds; 4 of 5 chapters are about grids.',
    'A star among books. It reviews the classics.',
    'Chapter 4/5/6',
    '',
  ])('finds nothing in %j', (text) => expect(rules(text)).toEqual([]))
})

describe('isAmazonPicture', () => {
  it.each([
    'https://m.media-amazon.com/images/I/1.jpg',
    'https://images-na.ssl-images-amazon.com/images/I/1.jpg',
    '//ecx.images-amazon.com/x.jpg 2x',
    'url(https://M.MEDIA-AMAZON.COM/x.png)',
  ])('knows %s', (text) => expect(isAmazonPicture(text)).toBe(true))

  it.each(['/assets/images/amazon.jpg', 'https://www.amazon.com/dp/1', 'amazon'])('does not take %s for one', (text) =>
    expect(isAmazonPicture(text)).toBe(false),
  )
})
