import {
  findProduct,
  listProductChanges,
  type ProductPatch,
  SLUG_TAKEN,
  updateProduct,
} from '../../db/product-editing.ts'
import type { App } from '../app.ts'
import { wake } from '../wake.ts'
import { checkProduct, fieldsOf } from './product-check.ts'
import type { ProductFields } from './product-fields.ts'
import { type ProductOutcome, SLUG_FAULT } from './product-outcome.ts'
import type { StoredProduct } from './stored-product.ts'

/** More than a page shows; who has been away that long reads the product itself. */
const MOST_CHANGES = 20

type Edit = {
  id: string
  /** The version that the editor has seen. */
  version: number
  /** The fields that change, as somebody typed them. */
  typed: Partial<ProductFields> | Record<string, unknown>
  actor: string
}

/** Changes what a product says, unless somebody else has changed it since the editor saw it. */
export async function editProduct(app: App, edit: Edit): Promise<ProductOutcome> {
  const current = await findProduct(app.db, edit.id)
  if (!current) return { kind: 'missing' }
  if (current.version !== edit.version) return conflict(app, current, edit.version)
  const checked = checkEdit(app, current, edit.typed)
  if ('kind' in checked) return checked
  return saveProduct(app, current, { patch: checked, actor: edit.actor })
}

/** What an edit would write; or why it cannot. */
export function checkEdit(
  app: Pick<App, 'shop'>,
  current: StoredProduct,
  typed: Edit['typed'],
): ProductPatch | Extract<ProductOutcome, { kind: 'invalid' }> {
  const known = fieldsOf(current)
  if (typed.type !== undefined && typed.type !== current.type)
    return {
      kind: 'invalid',
      faults: { type: 'What was sold stays sold: add a new product instead of changing its kind.' },
    }
  const checked = checkProduct({ ...known, ...typed }, app.shop)
  return 'faults' in checked ? { kind: 'invalid', faults: checked.faults } : checked.product
}

type Change = { patch: ProductPatch; actor: string }

/** Writes a change of the version that `current` is. */
export async function saveProduct(app: App, current: StoredProduct, { patch, actor }: Change): Promise<ProductOutcome> {
  const { id, version } = current
  const saved = await updateProduct(app.db, { id, version, patch, actor })
  if (saved === SLUG_TAKEN) return { kind: 'invalid', faults: SLUG_FAULT }
  const product = await findProduct(app.db, id)
  if (!product) return { kind: 'missing' }
  if (saved === null) return conflict(app, product, version)
  if (saved === version) return { kind: 'unchanged', product }
  await app.later('wake_failed', wake(app))
  return { kind: 'saved', product }
}

/** Who was faster, and with what. */
export async function conflict(app: App, current: StoredProduct, seen: number): Promise<ProductOutcome> {
  const changes = await listProductChanges(app.db, { id: current.id, after: seen, most: MOST_CHANGES })
  return { kind: 'conflict', current, changes }
}
