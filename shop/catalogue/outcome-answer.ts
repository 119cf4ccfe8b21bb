import { productDocument } from './product-document.ts'
import type { ProductOutcome } from './product-outcome.ts'

type Answer = { status: number; body: Record<string, unknown> }

/** What an editor is told of how a change ended. The fields of a conflict are those of the other editor's product. */
export function outcomeAnswer(outcome: ProductOutcome | null): Answer {
  if (outcome === null) return { status: 200, body: { state: 'done' } }
  if (outcome.kind === 'saved' || outcome.kind === 'unchanged')
    return { status: 200, body: { state: outcome.kind, product: productDocument(outcome.product) } }
  if (outcome.kind === 'invalid')
    return {
      status: 400,
      body: { state: 'invalid', faults: outcome.faults, message: 'Something must be put right first.' },
    }
  if (outcome.kind === 'conflict') {
    const { current, changes } = outcome
    const message = 'Somebody else has changed this product meanwhile.'
    return { status: 409, body: { state: 'conflict', product: productDocument(current), changes, message } }
  }
  if (outcome.kind === 'unready')
    return {
      status: 409,
      body: { state: 'unready', message: 'It has no file: whoever buys it has nothing to download yet.' },
    }
  return { status: 404, body: { state: 'missing', message: 'This product is not there.' } }
}
