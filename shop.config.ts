import { defineShop } from './shop/shop-config.ts'

/** The one file that a seller edits. Every field is explained in shop/shop-config.ts and checked when the site is built. */
export default defineShop({
  name: 'North Window',
  tagline: 'Small, finished things for people who make things.',
  seller: {
    name: 'North Window, owner Mara Lindqvist',
    address: ['14 Example Lane', '00000 Sampleton', 'Exampleland'],
    registrations: ['VAT ID: XX000000000 (example)'],
  },
  supportEmail: 'hello@example.com',
  currency: 'eur',
  locale: 'en',
  timeZone: 'Europe/Berlin',
  checkout: {
    promotionCodes: false,
    automaticTax: false,
    taxBehavior: 'inclusive',
    taxCode: null,
    invoices: false,
    termsOfService: false,
  },
  links: { downloadMinutes: 15, receiptDays: 365 },
  downloads: { earlierVersions: true, s3LinkMinutes: 10, perItem: null, dailyPerItem: 20 },
  portal: { emailLink: true },
  refunds: { revoke: 'items' },
  notices: { to: 'hello@example.com', newSale: true },
  affiliate: {
    linkMode: 'redirect',
    tags: { 'www.amazon.com': ['tillexample-20'] },
    disclosure: 'As an Amazon Associate I earn from qualifying purchases.',
  },
})
