/**
 * What a page of the functions says, mostly when it cannot do what the buyer asked for. `asksAddress` draws the form that sends a fresh
 * link; `isGood` is for a page that brings good news, which shows no status.
 */
export type ErrorWords = {
  status: number
  title: string
  text: string
  next: string
  leads: 'store' | 'purchases'
  asksAddress?: true
  isGood?: true
}

/** The form for a fresh link. */
export const freshLinkForm = {
  label: 'Your email address',
  button: 'Send me a fresh link',
  hint: 'We send it to the address you gave at the checkout, and to no other.',
}

/** Where the form carries the expired token; the function puts it in, as it is in no page that is built. */
export const TOKEN_BLANK = '%token%'

/** By the key under which functions ask for the page. */
export const errorWords = {
  'not-found': {
    status: 404,
    title: 'There is nothing here',
    text: 'This address leads nowhere. Perhaps it was mistyped, or the page has moved.',
    next: 'Everything that is for sale is in the store.',
    leads: 'store',
  },
  gone: {
    status: 410,
    title: 'No longer for sale',
    text: 'We have taken this product off the shelf. If you bought it, your files are still yours: the link in your receipt opens them.',
    next: 'The store has everything that is for sale today.',
    leads: 'store',
  },
  forbidden: {
    status: 403,
    title: 'This download is closed',
    text: 'The order was refunded, or the payment was withdrawn, so its files can no longer be downloaded.',
    next: 'If that is a mistake, write to us and name the order number from your receipt.',
    leads: 'purchases',
  },
  'link-expired': {
    status: 410,
    title: 'This link has expired',
    text: 'Download links live for some minutes only, so that nobody else can use them. Your order is safe, and a fresh link is quickly made.',
    next: 'Type the email address that you paid with. Or open your receipt and follow its link: it leads to the same place.',
    leads: 'purchases',
    asksAddress: true,
  },
  'bad-address': {
    status: 400,
    title: 'That is not an email address',
    text: 'Perhaps a letter is missing. It looks like name@example.com, and it is the one that you gave at the checkout.',
    next: 'Please type it once more.',
    leads: 'purchases',
    asksAddress: true,
  },
  'link-sent': {
    status: 202,
    title: 'Look into your mailbox',
    text: 'If that is the address of this order, a fresh link is on its way. It should be there within a few minutes.',
    next: 'Nothing there? Look among spam, or go back and try another address: it must be the one that you gave at the checkout. One mail goes out per hour.',
    leads: 'purchases',
    isGood: true,
  },
  'link-outdated': {
    status: 410,
    title: 'This link is too old',
    text: 'It ended months ago, so it can no longer be used to ask for a fresh one. Your order is safe.',
    next: 'Open your receipt and follow its link to your order. If you no longer have the receipt, write to us from the address that you paid with.',
    leads: 'purchases',
  },
  'file-withdrawn': {
    status: 404,
    title: 'This file has been withdrawn',
    text: 'We have taken this file back, mostly because a better version has come in its place. Your order is safe.',
    next: 'Open the receipt in your mailbox: its link shows the files that your order holds today. If the one you need is not there, write to us.',
    leads: 'purchases',
  },
  'file-unavailable': {
    status: 503,
    title: 'Your file is not there right now',
    text: 'The place where we keep our files does not hand it out at the moment. Your order is safe, and this try did not count.',
    next: 'Please reload this page in a minute. If it is still like this tomorrow, write to us and we send you the file another way.',
    leads: 'purchases',
  },
  'too-many-downloads': {
    status: 429,
    title: 'Downloaded very often today',
    text: 'This item has been downloaded so often within a day that we stop for a while, in case somebody else has your link.',
    next: 'Tomorrow it works again, and a download that has begun can be finished. If it was you and you need the file now, write to us.',
    leads: 'purchases',
  },
  'downloads-used-up': {
    status: 403,
    title: 'All downloads are used',
    text: 'This item can be downloaded a certain number of times, and that number is reached. A download that has begun can still be finished.',
    next: 'If you need it once more, write to us and name the order number from your receipt.',
    leads: 'purchases',
  },
  'too-many-checkouts': {
    status: 429,
    title: 'The checkout was opened very often',
    text: 'So many checkouts were opened from your network in a short time that we ask you to wait. Nothing was charged.',
    next: 'A payment page that is still open in another tab can be used. Otherwise wait a minute, reload this page, and if it is still shown, come back in an hour.',
    leads: 'store',
  },
  'too-often': {
    status: 429,
    title: 'That was a little too often',
    text: 'We got many requests from your network in a short time, so we ask you to wait.',
    next: 'Please try again in a few minutes.',
    leads: 'store',
  },
  unavailable: {
    status: 503,
    title: 'Not at the moment',
    text: 'Something that we depend on does not answer right now. You have not been charged by this page.',
    next: 'Please try again in a minute: reload this page, or go back and press the button once more.',
    leads: 'store',
  },
  'checkout-refused': {
    status: 502,
    title: 'The checkout did not open',
    text: 'Our payment service refused to open a checkout for this product. You have not been charged.',
    next: 'Please write to us, so that we can put it right and tell you when it works.',
    leads: 'store',
  },
  'bad-link': {
    status: 400,
    title: 'This link is not complete',
    text: 'A part of the address is missing or was changed, which happens when a mail program breaks a long link in two.',
    next: 'Open the receipt in your mailbox and follow its link again, or start from the store.',
    leads: 'purchases',
  },
} as const satisfies Record<string, ErrorWords>

export type ErrorPage = keyof typeof errorWords
