/** What a page of the functions says when it cannot do what the buyer asked for. */
export type ErrorWords = { status: number; title: string; text: string; next: string; leads: 'store' | 'purchases' }

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
    text: 'Download links live for some minutes only, so that nobody else can use them. Nothing is lost: your order makes new ones.',
    next: 'Open the receipt in your mailbox once more and follow its link to your order.',
    leads: 'purchases',
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
