import type { App } from '../app.ts'
import { placeProduct } from './place-product.ts'
import type { ProductOutcome } from './product-outcome.ts'
import type { ProductChange } from './product-requests.ts'
import { publishProduct } from './publish-product.ts'
import { retireProduct } from './retire-product.ts'

/** Does what an editor's button says; null when the product was moved. */
export async function changeProduct(app: App, change: ProductChange, actor: string): Promise<ProductOutcome | null> {
  const id = change.product_id
  if (change.action === 'publish')
    return publishProduct(app, { id, version: change.version, actor, isWithoutFiles: change.without_files === true })
  if (change.action === 'retire') return retireProduct(app, { id, version: change.version, actor })
  const place = change.place === 'before' ? { before: change.other_id } : { after: change.other_id }
  return (await placeProduct(app, { id, place, actor })) ? null : { kind: 'missing' }
}
