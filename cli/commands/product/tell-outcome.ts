import type { ProductOutcome } from '../../../shop/catalogue/product-outcome.ts'
import type { StoredProduct } from '../../../shop/catalogue/stored-product.ts'
import { UsageError } from '../command.ts'

/** What a field is called on the command line, where that is not its own name. */
const OPTIONS: Record<string, string> = { title: '<title>', type: '--link' }

/** The product as it is now; for every other ending it says what is wrong and what to do. @throws UsageError, Error */
export function savedProduct(outcome: ProductOutcome, name: string): StoredProduct {
  if (outcome.kind === 'saved' || outcome.kind === 'unchanged') return outcome.product
  if (outcome.kind === 'invalid') throw new UsageError(describeFaults(outcome.faults))
  if (outcome.kind === 'conflict') throw new Error(describeConflict(outcome))
  if (outcome.kind === 'unready') throw new Error(`${name} has no file yet. See: npm run till -- help file push`)
  throw new Error(`${name} is gone.`)
}

/** One line for each field, by the option that says it. */
export function describeFaults(faults: Record<string, string>): string {
  return Object.entries(faults)
    .map(([field, fault]) => `${optionOf(field)}: ${fault}`)
    .join('\n')
}

function optionOf(field: string): string {
  const [name = '', , part] = field.split('.')
  if (name === 'images') return part === 'alt' ? '--alt' : '--image'
  return OPTIONS[name] ?? `--${name}`
}

function describeConflict({ current, changes }: Extract<ProductOutcome, { kind: 'conflict' }>): string {
  const lines = changes.map(
    ({ actor, changed_at, change }) =>
      `  ${changed_at.toISOString().slice(0, 16)} ${actor}: ${Object.keys(change).join(', ')}`,
  )
  return [
    `Somebody else has changed ${current.slug} meanwhile; it is at version ${current.version} now. Nothing was written.`,
    ...lines,
    `Look at it with: npm run till -- product show ${current.slug}`,
  ].join('\n')
}
