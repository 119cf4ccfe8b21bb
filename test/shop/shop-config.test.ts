import { describe, expect, it } from 'vitest'
import { InvalidInput } from '../../shop/errors.ts'
import { defineShop, type Shop } from '../../shop/shop-config.ts'
import ownConfig from '../../shop.config.ts'

const VALID: Shop = {
  name: 'Quiet Press',
  tagline: 'Small things.',
  seller: { name: 'Ada Example', address: ['1 Street', '10115 Town'], registrations: [] },
  supportEmail: 'hello@example.com',
  currency: 'eur',
  locale: 'en',
  timeZone: 'Europe/Berlin',
  links: { downloadMinutes: 15, receiptDays: 365 },
  downloads: { earlierVersions: true, s3LinkMinutes: 10, perItem: null, dailyPerItem: 20 },
  portal: { emailLink: true },
  refunds: { revoke: 'items' },
  notices: ownConfig.notices,
  checkout: {
    promotionCodes: true,
    automaticTax: true,
    taxBehavior: 'inclusive',
    taxCode: 'txcd_10302000',
    invoices: true,
    termsOfService: true,
  },
  affiliate: {
    linkMode: 'redirect',
    tags: { 'www.amazon.com': ['quiet-20'] },
    disclosure: 'As an Amazon Associate I earn.',
  },
}

/** The settings with the field at `path` replaced, or taken away when `value` is undefined. */
function withField(path: string, value: unknown): Shop {
  const settings = structuredClone(VALID) as unknown as Record<string, unknown>
  const names = path.split('.')
  const last = names.pop() ?? ''
  const parent = names.reduce((branch, name) => branch[name] as Record<string, unknown>, settings)
  if (value === undefined) delete parent[last]
  else parent[last] = value
  return settings as unknown as Shop
}

const messageOf = (settings: Shop) => {
  try {
    defineShop(settings)
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidInput)
    return (error as InvalidInput).message
  }
  throw new Error('these settings were accepted')
}

describe('defineShop', () => {
  it('gives back what is valid', () => {
    expect(defineShop(VALID)).toEqual(VALID)
  })

  it('takes the settings of this repository', () => {
    expect(defineShop(ownConfig)).toEqual(ownConfig)
  })

  it('trims texts', () => {
    expect(defineShop(withField('name', '  Quiet Press ')).name).toBe('Quiet Press')
  })

  it.each([
    ['name', ''],
    ['name', '   '],
    ['name', 'x'.repeat(61)],
    ['name', undefined],
    ['name', 7],
    ['tagline', ''],
    ['tagline', 'x'.repeat(161)],
    ['seller', 'Ada'],
    ['seller.name', ''],
    ['seller.address', []],
    ['seller.address', ['1', '2', '3', '4', '5', '6', '7']],
    ['seller.registrations', 'VAT'],
    ['seller.registrations', Array(7).fill('x')],
    ['supportEmail', 'hello'],
    ['supportEmail', undefined],
    ['currency', 'EUR'],
    ['currency', 'euro'],
    ['currency', ''],
    ['locale', 'not a locale'],
    ['locale', ''],
    ['timeZone', 'Europe/Atlantis'],
    ['timeZone', '+02:00'],
    ['timeZone', 'EST5EDT'],
    ['links', undefined],
    ['links.downloadMinutes', 0],
    ['links.downloadMinutes', 16],
    ['links.downloadMinutes', 1.5],
    ['links.downloadMinutes', '15'],
    ['links.receiptDays', 0],
    ['links.receiptDays', 3651],
    ['downloads', undefined],
    ['downloads.earlierVersions', 'yes'],
    ['downloads.s3LinkMinutes', 0],
    ['downloads.s3LinkMinutes', 61],
    ['downloads.perItem', 0],
    ['downloads.perItem', undefined],
    ['downloads.perItem', 10_001],
    ['downloads.dailyPerItem', 0],
    ['downloads.dailyPerItem', null],
    ['downloads.dailyPerItem', 1_001],
    ['checkout.promotionCodes', 'yes'],
    ['checkout.automaticTax', null],
    ['checkout.taxBehavior', 'unspecified'],
    ['checkout.taxCode', ''],
    ['checkout.taxCode', 'txcd_1'],
    ['checkout.invoices', 1],
    ['checkout.termsOfService', 'required'],
    ['affiliate.linkMode', 'open'],
    ['affiliate.tags', ['www.amazon.com']],
    ['affiliate.tags', undefined],
    ['affiliate.disclosure', ''],
    ['affiliate.disclosure', 'x'.repeat(301)],
  ])('names %s when it is %j', (path, value) => {
    expect(messageOf(withField(path, value))).toContain(`\n  ${path}: `)
  })

  it.each([
    'https://www.amazon.com',
    'www.amazon.com/',
    'amazon',
    'WWW.AMAZON.COM',
    '*.amazon.com',
    'amzn.to',
    'amazon.com.evil.com',
    '',
  ])('refuses %j as a host of affiliate links', (host) => {
    expect(messageOf(withField('affiliate.tags', { [host]: ['quiet-20'] }))).toContain('  affiliate.tags')
  })

  it.each([[[]], [['']], [['quiet']], [['quiet-20&tag=other-20']], ['quiet-20']])(
    'refuses %j as tracking ids',
    (ids) => {
      expect(messageOf(withField('affiliate.tags', { 'www.amazon.de': ids }))).toContain(
        '  affiliate.tags.www.amazon.de',
      )
    },
  )

  it.each(['nmae', 'seller.phone', 'links.days'])('names the unknown field %s', (path) => {
    const name = path.split('.').at(-1)
    expect(messageOf(withField(path, 'x'))).toMatch(new RegExp(`unknown field .*${name}`))
  })

  it('names all wrong fields at once, one line each', () => {
    const message = messageOf({ ...VALID, name: '', currency: 'EUR' })
    expect(message.split('\n').slice(1)).toHaveLength(2)
  })
})
