import type { Faults } from '../../../../../shop/catalogue/product-check.ts'
import type { ProductDocument } from '../../../../../shop/catalogue/product-document.ts'
import type { ProductFields } from '../../../../../shop/catalogue/product-fields.ts'
import type { ProductChange } from '../../../../../shop/catalogue/stored-product.ts'
import { isObject } from '../../is-object.ts'
import { ask, Trouble } from '../ask.ts'

/** What a product's doors answer to a change. */
export type Outcome =
  | { state: 'saved' | 'unchanged'; product: ProductDocument }
  | { state: 'invalid'; faults: Faults; message: string }
  | { state: 'conflict'; product: ProductDocument; changes: ProductChange[]; message: string }
  | { state: 'unready'; message: string }

type Save = { product_id?: string; version?: number; fields: Partial<ProductFields> }
type Change = { product_id: string; version: number; action: 'publish' | 'retire'; without_files?: boolean }

/** Saves what was typed. @throws Trouble for what is no outcome */
export function saveProduct(save: Save): Promise<Outcome> {
  return askOutcome('/admin_save_product', save)
}

/** Puts a product on the shelf, or takes it off. @throws Trouble for what is no outcome */
export function changeProduct(change: Change): Promise<Outcome> {
  return askOutcome('/admin_change_product', change)
}

async function askOutcome(path: string, question: object): Promise<Outcome> {
  try {
    return await ask<Outcome>(path, question)
  } catch (error) {
    if (!(error instanceof Trouble) || !isOutcome(error.body)) throw error
    return error.body
  }
}

function isOutcome(body: unknown): body is Outcome {
  return isObject(body) && ['invalid', 'conflict', 'unready'].includes(String(body.state))
}
