import { findProduct } from '../../db/product-editing.ts'
import type { App } from '../app.ts'
import { checkEdit, conflict, saveProduct } from './edit-product.ts'
import type { ProductOutcome } from './product-outcome.ts'

type Publication = {
  id: string
  version: number
  actor: string
  /** Whether the seller knows that buyers will have nothing to download yet. */
  isWithoutFiles: boolean
}

/** Puts a product on the shelf, for the first time or again. It must keep today's rules, and have something to download. */
export async function publishProduct(app: App, wish: Publication): Promise<ProductOutcome> {
  const current = await findProduct(app.db, wish.id)
  if (!current) return { kind: 'missing' }
  if (current.version !== wish.version) return conflict(app, current, wish.version)
  const checked = checkEdit(app, current, {})
  if ('kind' in checked) return checked
  if (current.type === 'direct' && current.files === 0 && !wish.isWithoutFiles)
    return { kind: 'unready', product: current }
  return saveProduct(app, current, { patch: { status: 'published' }, actor: wish.actor })
}
