import { findProduct } from '../../db/product-editing.ts'
import type { App } from '../app.ts'
import { conflict, saveProduct } from './edit-product.ts'
import type { ProductOutcome } from './product-outcome.ts'

type Retirement = { id: string; version: number; actor: string }

/** Takes a product off the shelf. Whoever bought it keeps it; its page says that it is gone. */
export async function retireProduct(app: App, { id, version, actor }: Retirement): Promise<ProductOutcome> {
  const current = await findProduct(app.db, id)
  if (!current) return { kind: 'missing' }
  if (current.version !== version) return conflict(app, current, version)
  return saveProduct(app, current, { patch: { status: 'retired' }, actor })
}
