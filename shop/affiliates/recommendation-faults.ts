import type { AffiliateProduct } from '../catalogue/product.ts'
import { findClaims, isAmazonPicture } from './amazon-claims.ts'
import { type AffiliateTags, findLinkFault } from './amazon-link.ts'

type Said = Pick<AffiliateProduct, 'title' | 'summary' | 'description' | 'badges' | 'affiliate_url'>
/** `field` is where the seller said it. */
export type RecommendationFault = { field: keyof Said; rule: string; text: string }

/** What a recommendation says that it may not: a link that is not lawful, and claims and pictures that are Amazon's alone. */
export function findRecommendationFaults(product: Said, tags: AffiliateTags): RecommendationFault[] {
  const link = findLinkFault(product.affiliate_url, tags)
  const { title, summary, description, badges } = product
  const texts: [keyof Said, string][] = [
    ['title', title],
    ['summary', summary],
    ['description', description],
    ...badges.map((badge): [keyof Said, string] => ['badges', badge]),
  ]
  const claims = texts.flatMap(([field, text]) => findClaims(text).map((claim) => ({ field, ...claim })))
  const pictures = texts
    .filter(([, text]) => isAmazonPicture(text))
    .map(([field, text]) => ({ field, rule: 'image', text: `“${text}” is Amazon's picture` }))
  return [...(link ? [{ field: 'affiliate_url' as const, ...link }] : []), ...claims, ...pictures]
}
