import { findProduct, listProductChanges } from '../../db/product-editing.ts'
import { listFiles } from '../../db/product-files.ts'
import type { App } from '../app.ts'
import { NotFound } from '../errors.ts'
import type { GatheredProduct } from './catalogue-answers.ts'
import { productDocument } from './product-document.ts'

const MOST_CHANGES = 30

/** Everything that an editor shows of a product. @throws NotFound */
export async function gatherProduct(app: App, id: string): Promise<GatheredProduct> {
  const product = await findProduct(app.db, id)
  if (!product) throw new NotFound('There is no such product.')
  const [files, changes] = await Promise.all([
    listFiles(app.db, { slug: product.slug, isAll: true }),
    listProductChanges(app.db, { id, after: 0, most: MOST_CHANGES }),
  ])
  return { product: productDocument(product), files, changes }
}
