import shop from '../../../shop.config.ts'
import { describePicture } from '../../../site/_build/picture.ts'
import { type ShelfItem, shelfItem } from '../../../site/_build/shelf-item.ts'
import { sampleProducts } from '../sample-products.ts'

/** The sample products as the pages show them. */
export function shelfItems(products = sampleProducts): ShelfItem[] {
  return products.map((product) => shelfItem(product, product.images.map(describePicture), shop))
}
