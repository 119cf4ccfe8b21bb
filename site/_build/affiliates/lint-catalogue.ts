import { findRecommendationFaults } from '../../../shop/affiliates/recommendation-faults.ts'
import type { ShelfProduct } from '../../../shop/catalogue/product.ts'
import type { Shop } from '../../../shop/shop-config.ts'

/** What the catalogue says about others' products that it may not, one line each with the product and the rule. */
export function lintCatalogue(products: ShelfProduct[], shop: Shop): string[] {
  return products.flatMap((product) => {
    if (product.type !== 'affiliate') return []
    const faults = findRecommendationFaults(product, shop.affiliate.tags)
    return faults.map(({ rule, text }) => `product "${product.slug}", rule ${rule}: ${text}`)
  })
}
