/** The seller's own tracking ids by the host of Amazon's that they are for: `{ 'www.amazon.com': ['shop-20'] }`. */
export type AffiliateTags = Record<string, string[]>

export type LinkRule = 'host' | 'tag' | 'shortener'
export type LinkFault = { rule: LinkRule; text: string }

/** Amazon's shops by their own names, and the addresses that stand for them. */
const AMAZON = /(^|\.)(amazon\.[a-z]{2,3}(\.[a-z]{2})?|amzn\.[a-z]{2,4}|a\.co)$/
/** They hide where a link leads; Amazon's own hide the product and the tag as well. */
const SHORTENERS =
  /(^|\.)(amzn\.[a-z]{2,4}|a\.co|bit\.ly|tinyurl\.com|t\.co|goo\.gl|ow\.ly|is\.gd|buff\.ly|rebrand\.ly|cutt\.ly|geni\.us)$/
/** A product by its number: `/dp/B000000001`, with its name before it or not. */
const PRODUCT = /^(\/[^/]+)?\/dp\/[A-Z0-9]{10}\/?$/

/** Whether an address leads to Amazon, or to where Amazon's short links do. */
export function leadsToAmazon(url: string): boolean {
  return URL.canParse(url) && AMAZON.test(new URL(url).hostname)
}

/** Whether an address is one of a service that hides where it leads. */
export function isShortLink(url: string): boolean {
  return URL.canParse(url) && SHORTENERS.test(new URL(url).hostname)
}

/**
 * What is wrong with a link to Amazon, or with an affiliate link that leads somewhere else; null when nothing is. Source of the rules:
 * Amazon's Associates Program Policies, "linking to an Amazon Site" and "Redirecting Links".
 */
export function findLinkFault(url: string, tags: AffiliateTags): LinkFault | null {
  if (isShortLink(url)) return { rule: 'shortener', text: `${url} hides where it leads; link to the product itself` }
  const place = URL.canParse(url) ? new URL(url) : null
  const own = place?.host === place?.hostname && place?.protocol === 'https:' ? tags[place.hostname] : undefined
  if (!place || !own || place.username || place.password)
    return { rule: 'host', text: `${url} does not lead to a host that shop.config.ts affiliate.tags names` }
  if (!PRODUCT.test(place.pathname)) return { rule: 'host', text: `${url} is not the address of a product, /dp/<ASIN>` }
  return findTagFault(place, own)
}

function findTagFault({ href, searchParams }: URL, own: string[]): LinkFault | null {
  const carried = searchParams.getAll('tag')
  const [tag] = carried
  if (carried.length !== 1 || !tag)
    return { rule: 'tag', text: `${href} carries ${carried.filter(Boolean).length} tags, and must carry exactly one` }
  if (own.includes(tag)) return null
  return { rule: 'tag', text: `${href} carries ${tag}, which shop.config.ts affiliate.tags does not name as yours` }
}

/** Every address in a text, plain or HTML, that leads to Amazon: mails must have none. */
export function findAmazonAddresses(text: string): string[] {
  return (text.match(/https?:\/\/[^\s"'<>)]+/gi) ?? []).filter(leadsToAmazon)
}
