import { findProduct } from '../../../db/product-editing.ts'
import type { App } from '../../../shop/app.ts'
import type { StoredProduct } from '../../../shop/catalogue/stored-product.ts'
import { noSuchProduct } from '../file/no-such-product.ts'

/** The product of this slug or id. @throws NotFound naming the one that was probably meant */
export async function findKnown({ db }: Pick<App, 'db'>, name: string): Promise<StoredProduct> {
  const product = await findProduct(db, name)
  if (!product) throw await noSuchProduct(db, name)
  return product
}

/** Who changes products from the command line, for their history. */
export const SELLER = 'seller'
