/** What the page says that stands between a buyer and a price which is not the one that they saw. */
export type PriceWords = {
  status: 409
  title: string
  text: string
  seen: string
  now: string
  ask: string
  back: string
}

/** Where the function puts what it knows: no page that is built has these. The adapter writes the same. */
export const PRICE_BLANKS = { title: '%title%', slug: '%slug%', seen: '%seen%', price: '%price%', link: '%link%' }

const lead =
  'The page you came from was made before we changed the price, so we ask you first. Nothing has been charged.'

/** By the key under which functions ask for the page. */
export const priceWords = {
  'price-changed': {
    status: 409,
    title: 'The price has changed',
    text: lead,
    seen: 'You saw',
    now: 'It costs now',
    ask: `Buy for ${PRICE_BLANKS.price}`,
    back: 'Back to the product',
  },
  'now-free': {
    status: 409,
    title: 'It is free now',
    text: lead,
    seen: 'You saw',
    now: 'It costs now',
    ask: 'Get it free',
    back: 'Back to the product',
  },
} as const satisfies Record<string, PriceWords>

export type PricePage = keyof typeof priceWords
