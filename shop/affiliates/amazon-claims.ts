export type Claim = { rule: 'price' | 'rating'; text: string }

const CURRENCY = 'EUR|USD|GBP|CAD|AUD|JPY|INR|CHF|SEK|PLN'
const PRICE = new RegExp(
  `[€$£¥₹]\\s?\\d[\\d.,]*|\\b(?:${CURRENCY})\\s?\\d[\\d.,]*|\\d[\\d.,]*\\s?(?:[€$£¥₹]|(?:${CURRENCY}|euros?|dollars?|cents)\\b)`,
  'i',
)
const RATING =
  /[★☆⭐]|(?<!\/)\b[0-5](?:[.,]\d)?\s?(?:\/|out of)\s?5\b(?!\/)|\b[0-5](?:[.,]\d)?[\s-]stars?\b|\b\d[\d.,]*\+?\s(?:(?:customer|global)\s)?(?:reviews|ratings)\b/i

/**
 * What a text says about a product of Amazon's that only Amazon may say: its price, and how buyers rate it. Both go stale, and the
 * policies allow them only if Amazon serves them.
 */
export function findClaims(text: string): Claim[] {
  const found = { price: PRICE.exec(text)?.[0], rating: RATING.exec(text)?.[0] }
  return (['price', 'rating'] as const).flatMap((rule) => {
    const words = found[rule]
    return words === undefined ? [] : [{ rule, text: `“${words.trim()}” is a ${rule}, which only Amazon may state` }]
  })
}

/** Whether an address is that of a picture which Amazon serves, and nobody may keep. */
export function isAmazonPicture(text: string): boolean {
  return /\b(?:[\w-]+\.)*(?:media-amazon\.com|ssl-images-amazon\.com|images-amazon\.com)\b/i.test(text)
}
