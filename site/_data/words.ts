import { adminWords } from './admin-words.ts'
import { basketPageWords } from './basket-words.ts'
import { errorWords, freshLinkForm, TOKEN_BLANK } from './error-words.ts'
import { headWords, retiredWords } from './head-words.ts'
import { orderWords } from './order-words.ts'
import { PRICE_BLANKS, priceWords } from './price-words.ts'
import { purchasePageWords } from './purchase-page-words.ts'
import { searchWords } from './search-words.ts'

type Named = { name: string; tagline: string; supportEmail: string }
type Links = { downloadMinutes: number; receiptDays: number }

const nav = { skip: 'Skip to the content', main: 'Main', store: 'Store', purchases: 'Purchases' }

const home = {
  title: (shop: Named) => `${shop.name}: ${shop.tagline}`,
  browse: 'Browse the store',
  how: 'How it works',
  window: 'In the window',
  featured: 'On the shelf',
  all: 'See everything',
  steps: [
    {
      title: 'Choose',
      text: 'Every page says what is inside: which files, which formats, how large. The price you see is the price.',
    },
    { title: 'Pay', text: 'Stripe takes the payment on its own page. Your card number never reaches this shop.' },
    {
      title: 'Download',
      text: 'Your files are there the moment the payment is. The receipt in your mailbox opens them again.',
    },
  ],
  trust: 'What you can count on',
  promises: (links: Links) => [
    { title: 'No account needed', text: 'An email address is enough, and it is used for your orders only.' },
    {
      title: 'Come back for it',
      text: `The link in your receipt opens your order for ${links.receiptDays} days, on any device.`,
    },
    { title: 'Files you can check', text: 'Each download shows its size and its SHA-256 checksum.' },
    {
      title: 'No trackers',
      text: 'No analytics, no adverts, and no cookie banner, because there is nothing to agree to.',
    },
  ],
  person: 'Questions go to a person, not to a robot:',
}

const store = {
  title: 'Store',
  summary: 'Downloads that are yours to keep, and a few recommendations.',
  direct: 'Made here',
  affiliate: 'Recommended elsewhere',
  affiliateLead: 'Things we use and like, sold by others. We do not sell these, and we do not know today’s price.',
  empty: 'Nothing is on the shelf yet. Please come back soon.',
  free: 'Free',
  onAmazon: 'On Amazon',
  everything: 'Everything',
  newest: 'What came last',
  categories: 'Categories',
  allCategories: (count: number) => `All ${count} categories`,
  tags: 'Subjects',
  pages: 'Pages of this list',
  page: (number: number) => `Page ${number}`,
  previous: 'Previous page',
  next: 'Next page',
  /** Heading and summary of a list, by its kind. */
  lists: {
    all: (_name: string, _count: number) => ({ title: store.title, summary: store.summary }),
    newest: (_name: string, count: number) => ({ title: 'Newest', summary: `The ${count} that came last.` }),
    category: (name: string, count: number) => ({
      title: name,
      summary: count === 1 ? 'One product.' : `${count} products.`,
    }),
    tag: (name: string, count: number) => ({
      title: `Subject: ${name}`,
      summary: count === 1 ? 'One product has to do with it.' : `${count} products have to do with it.`,
    }),
  },
}

const product = {
  crumbs: 'You are here',
  pictures: 'Pictures',
  picture: (number: number) => `Picture ${number}`,
  buy: 'Buy now',
  free: 'Get it free',
  freePrice: 'Free',
  affiliate: 'See on Amazon (paid link)',
  affiliateNote: 'The price and the rest of the details are on Amazon’s page. You buy from them, not from us.',
  recommended: 'A recommendation',
  plusTax: 'plus tax, which the payment page works out',
  payNote: 'Secure payment by Stripe. Download at once.',
  freeNote: 'No payment details. Download at once.',
  inside: 'Files you get',
  samples: { audio: 'Listen first', pdf: 'Look inside', image: 'A closer look' },
  related: 'More like this',
  version: (version: number) => `version ${version}`,
  about: 'About it',
  licence: 'What you may do with it',
  updated: 'Updated',
  assurances: (links: Links) => [
    'Yours as plain files, without copy protection',
    `Your receipt opens them again for ${links.receiptDays} days`,
  ],
  refunds: 'How refunds work',
  noFiles: 'The files are being prepared.',
}

const success = {
  title: 'Your order',
  summary: 'Your files, as soon as the payment is confirmed.',
  aside: 'Also in your mailbox',
  asideText: 'We send a receipt to the address you gave at the checkout. Its link brings you back here.',
  help: 'Something not right?',
  helpText: 'Write to us and name the address you paid with, or the order number.',
  noScript: 'This page needs JavaScript to fetch your files, and your browser has it switched off.',
  noScriptText:
    'Nothing is lost: switch it on and reload, or open the link in your receipt in any other browser. If neither is possible, write to us.',
}

const footer = {
  about: 'Shop',
  legal: 'Legal',
  help: 'Help',
  terms: 'Terms',
  privacy: 'Privacy',
  imprint: 'Imprint',
  refunds: 'Refunds',
  soldBy: (seller: string) => `Sold by ${seller}`,
}

const legal = {
  draftTitle: 'A draft',
  draft:
    'This text came with the shop’s software. It describes how the software works, but it is not legal advice: the seller reviews and completes it before the shop opens.',
}

const errors = {
  pages: errorWords,
  price: priceWords,
  priceBlanks: PRICE_BLANKS,
  freshLink: { ...freshLinkForm, blank: TOKEN_BLANK },
  store: 'Go to the store',
  purchases: 'Find your purchases',
  write: 'Write to us',
}

/** The shop's own words, all but the legal pages and the mails; a second language starts here. */
export default {
  admin: adminWords,
  nav,
  home,
  store,
  product,
  search: searchWords,
  success,
  purchases: purchasePageWords,
  footer,
  legal,
  errors,
  head: headWords,
  retired: retiredWords,
  order: orderWords,
  basket: basketPageWords,
}
