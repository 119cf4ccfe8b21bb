import { defineShop } from './shop/shop-config.ts'

/** The one file that a seller edits. Every field is explained in shop/shop-config.ts and checked when the site is built. */
export default defineShop({
  name: 'Quiet Press',
  tagline: 'Small, well-made digital things for people who make things.',
  seller: {
    name: 'Quiet Press, owner Ada Example',
    address: ['1 Example Street', '10115 Exampletown', 'Germany'],
    registrations: ['VAT ID: DE000000000 (example)'],
  },
  supportEmail: 'hello@example.com',
  currency: 'eur',
  locale: 'en',
  links: { downloadMinutes: 15, receiptDays: 365 },
  affiliate: {
    linkMode: 'redirect',
    hosts: ['www.amazon.com', 'www.amazon.de', 'www.amazon.co.uk'],
    disclosure: 'As an Amazon Associate I earn from qualifying purchases.',
  },
})
