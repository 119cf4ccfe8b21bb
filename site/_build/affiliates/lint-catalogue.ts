import { findClaims, isAmazonPicture } from '../../../shop/affiliates/amazon-claims.ts'
import { findLinkFault } from '../../../shop/affiliates/amazon-link.ts'
import type { ShelfProduct } from '../../../shop/catalogue/product.ts'
import type { Shop } from '../../../shop/shop-config.ts'

/** What the catalogue says about others' products that it may not, one line each with the product and the rule. */
export function lintCatalogue(products: ShelfProduct[], shop: Shop): string[] {
  return products.flatMap((product) => {
    if (product.type !== 'affiliate') return []
    const { title, summary, description, badges } = product
    const link = findLinkFault(product.affiliate_url, shop.affiliate.tags)
    const texts = [title, summary, description, ...badges]
    const pictures = texts
      .filter(isAmazonPicture)
      .map((text) => ({ rule: 'image', text: `“${text}” is Amazon's picture` }))
    const faults = [...(link ? [link] : []), ...texts.flatMap(findClaims), ...pictures]
    return faults.map(({ rule, text }) => `product "${product.slug}", rule ${rule}: ${text}`)
  })
}
