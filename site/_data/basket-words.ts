/** What stands beside a product about the basket; the script of every page carries these words with it. */
export const addWords = {
  in: 'In your basket',
  go: 'Go to the basket',
  full: (most: number) => `A basket holds ${most} different products, and yours is full.`,
  currency: 'What is in your basket has another currency, and one payment holds only one. “Buy now” works beside it.',
  unkept: 'Your browser has no room left to keep a basket in. “Buy now” works all the same.',
}

type Said = { title: string; text: string }

/** What /basket/ says; the script of that page carries these words with it. */
export const basketWords = {
  empty: { title: 'Nothing in it yet', text: 'What you add on a product’s page waits here, on this device only.' },
  forbidden: {
    title: 'This browser keeps no basket',
    text: 'It lets this shop remember nothing. “Buy now” on a product’s page works all the same.',
  },
  unkept: {
    title: 'That could not be kept',
    text: 'Your browser has no room left for this shop.',
  },
  each: (price: string) => `${price} each`,
  free: 'Free',
  fewer: (title: string) => `One less of ${title}`,
  more: (title: string) => `One more of ${title}`,
  quantity: (title: string) => `Quantity of ${title}`,
  remove: 'Remove',
  removeOne: (title: string) => `Remove ${title}`,
  removed: (title: string) => `${title} is out of the basket.`,
  undo: 'Put it back',
  undoOne: (title: string) => `Put it back: ${title}`,
  gone: 'No longer for sale',
  was: 'It was',
  is: 'it is now',
  count: (products: number) => (products === 1 ? 'One product' : `${products} products`),
  total: 'Total',
  pay: 'Check out',
  getFree: 'Get them free',
  agree: (total: string) => `Agree, and pay ${total}`,
  payRest: 'Check out the rest',
  again: 'Try again',
  wait: (time: string) => `Try again in ${time}`,
  asking: 'One moment …',
  leaving: 'To the payment page …',
  payNote: 'Secure payment by Stripe, on its own page. Download at once.',
  freeNote: 'No payment details. Download at once.',
  begun: (time: string) =>
    `A payment page was opened from this basket at ${time}. Nothing is charged unless you pay there.`,
  changed: {
    title: 'A price has changed',
    text: 'It is not the one that you saw, so we ask you first. Nothing has been charged.',
  },
  missing: {
    title: 'Something is no longer for sale',
    text: 'It was taken off the shelf meanwhile. Nothing has been charged.',
  },
  currencies: {
    title: 'These cannot be paid together',
    text: 'One payment holds one currency. Remove what has the other, and buy it afterwards.',
  },
  offline: { title: 'No connection', text: 'Your basket is safe. Nothing has been charged.' },
  down: {
    title: 'The payment page does not open right now',
    text: 'Your basket is safe. Nothing has been charged. Please try again in a minute.',
  },
  busy: {
    title: 'Just a moment',
    text: 'That was often in a short time. Your basket is safe. Nothing has been charged.',
  },
  refused: {
    title: 'The checkout did not accept this basket',
    text: 'Nothing has been charged. Buy the products one by one, or write to us.',
  },
} satisfies Record<string, Said | string | ((...given: never[]) => string)>

/** What stands on pages before any script runs. */
export const basketPageWords = {
  link: 'Basket',
  add: 'Add to basket',
  title: 'Your basket',
  summary: 'What you have chosen, ready to be paid at once.',
  looking: 'Looking into your basket',
  noScript: 'The basket needs JavaScript, which your browser has switched off.',
  noScriptText: 'Nothing is lost: “Buy now” on a product’s page leads straight to the payment, without it.',
  plusTax: 'Tax comes on top; the payment page works it out.',
  promotion: 'A promotion code can be typed on the payment page.',
}
