import { findProduct, insertProduct, SLUG_TAKEN } from '../../db/product-editing.ts'
import type { App } from '../app.ts'
import { wake } from '../wake.ts'
import { checkProduct } from './product-check.ts'
import { type ProductOutcome, SLUG_FAULT } from './product-outcome.ts'

type Addition = {
  /** As somebody typed it. */
  typed: unknown
  /** Who adds it, for the product's history. */
  actor: string
}

/** Adds a product as a draft that only its seller sees. */
export async function addProduct(app: App, { typed, actor }: Addition): Promise<ProductOutcome> {
  const checked = checkProduct(typed, app.shop)
  if ('faults' in checked) return { kind: 'invalid', faults: checked.faults }
  const id = app.newId('prd')
  const added = await insertProduct(app.db, { id, content: checked.product, actor })
  if (added === SLUG_TAKEN) return { kind: 'invalid', faults: SLUG_FAULT }
  await app.later('wake_failed', wake(app))
  const product = await findProduct(app.db, id)
  return product ? { kind: 'saved', product } : { kind: 'missing' }
}
