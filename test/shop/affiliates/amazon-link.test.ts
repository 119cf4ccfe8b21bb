import { describe, expect, it } from 'vitest'
import { findAmazonAddresses, findLinkFault, isShortLink, leadsToAmazon } from '../../../shop/affiliates/amazon-link.ts'

const TAGS = { 'www.amazon.com': ['shop-20', 'shop-fonts-20'], 'www.amazon.de': ['shop-21'] }
const ruleOf = (url: string) => findLinkFault(url, TAGS)?.rule ?? null

describe('findLinkFault', () => {
  it.each([
    'https://www.amazon.com/dp/B000000001?tag=shop-20',
    'https://www.amazon.com/dp/B000000001/?tag=shop-fonts-20',
    'https://www.amazon.de/Ein-B%C3%BCchlein/dp/3721201450?tag=shop-21&linkCode=ll1',
    'HTTPS://WWW.AMAZON.COM/dp/B000000001?tag=shop-20#reviews',
  ])('finds nothing wrong with %s', (url) => {
    expect(findLinkFault(url, TAGS)).toBeNull()
  })

  it.each([
    'https://www.amazon.fr/dp/B000000001?tag=shop-21',
    'https://amazon.com/dp/B000000001?tag=shop-20',
    'https://smile.amazon.com/dp/B000000001?tag=shop-20',
    'https://www.amazon.com.evil.com/dp/B000000001?tag=shop-20',
    'https://www.amazon.com@evil.com/dp/B000000001?tag=shop-20',
    'https://user@www.amazon.com/dp/B000000001?tag=shop-20',
    'https://www.amazon.com:8443/dp/B000000001?tag=shop-20',
    'http://www.amazon.com/dp/B000000001?tag=shop-20',
    'https://www.amazon.com/?tag=shop-20',
    'https://www.amazon.com/s?k=books&tag=shop-20',
    'https://www.amazon.com/gp/product/B000000001?tag=shop-20',
    'https://www.amazon.com/dp/B00000001?tag=shop-20',
    'https://www.amazon.com/dp/b000000001?tag=shop-20',
    'https://www.amazon.com/a/b/dp/B000000001?tag=shop-20',
    'https://toString/dp/B000000001?tag=shop-20',
    'not an address',
  ])('host: refuses %s', (url) => {
    expect(ruleOf(url)).toBe('host')
  })

  it.each([
    ['none', 'https://www.amazon.com/dp/B000000001', '0 tags'],
    ['an empty one', 'https://www.amazon.com/dp/B000000001?tag=', '0 tags'],
    ['two', 'https://www.amazon.com/dp/B000000001?tag=shop-20&tag=shop-20', '2 tags'],
    ['one in capitals', 'https://www.amazon.com/dp/B000000001?TAG=shop-20', '0 tags'],
    ['somebody else’s', 'https://www.amazon.com/dp/B000000001?tag=other-20', 'other-20'],
    ['that of another country', 'https://www.amazon.de/dp/B000000001?tag=shop-20', 'shop-20'],
  ])('tag: refuses a link with %s, and says so', (_what, url, words) => {
    expect(findLinkFault(url, TAGS)).toEqual({ rule: 'tag', text: expect.stringContaining(words) })
  })

  it.each([
    'https://amzn.to/3abc',
    'https://amzn.eu/d/1',
    'https://a.co/d/abc',
    'https://bit.ly/x',
    'https://BIT.LY/x',
  ])('shortener: refuses %s', (url) => {
    expect(ruleOf(url)).toBe('shortener')
    expect(isShortLink(url)).toBe(true)
  })
})

describe('leadsToAmazon', () => {
  it.each(['https://amazon.co.uk/x', 'https://www.amazon.com.au/', 'http://smile.amazon.com/', 'https://amzn.to/1'])(
    'knows %s',
    (url) => expect(leadsToAmazon(url)).toBe(true),
  )
  it.each(['https://amazon.example.com/', 'https://notamazon.com/', 'https://s3.amazonaws.com/', '/dp/B1', 'a.co', ''])(
    'does not take %j for Amazon',
    (url) => expect(leadsToAmazon(url)).toBe(false),
  )
})

describe('findAmazonAddresses', () => {
  it('finds them in plain text and in HTML, and no others', () => {
    const text =
      'See https://www.amazon.com/dp/1. <a href="https://amzn.to/2">x</a> https://s3.amazonaws.com/b On Amazon.com'
    expect(findAmazonAddresses(text)).toEqual(['https://www.amazon.com/dp/1.', 'https://amzn.to/2'])
  })
})
