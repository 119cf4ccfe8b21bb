import { listProductChanges } from '../../db/product-editing.ts'
import { fieldsOf } from '../../shop/catalogue/product-check.ts'
import { productDocument } from '../../shop/catalogue/product-document.ts'
import type { Command } from './command.ts'
import { describeValue } from './product/describe-value.ts'
import { findKnown } from './product/find-known.ts'

const MOST_CHANGES = 50

/** `npm run till -- product show <slug>`. */
export const PRODUCT_SHOW: Command = {
  name: 'product show',
  summary: 'Shows everything about a product, and who has changed what',
  usage: '<slug> [--json]',
  details: `  --json  answers with one JSON document: the product as it is typed, and its changes, newest first

Its version is the number that \`product edit --seen\` takes.`,
  options: { json: { type: 'boolean' } },
  wordCount: 1,
  async run({ app, given: { words, options }, terminal: { print } }) {
    const product = await findKnown(app, words[0] ?? '')
    const changes = await listProductChanges(app.db, { id: product.id, after: 0, most: MOST_CHANGES })
    const document = productDocument(product)
    if (options.json === true) {
      print(JSON.stringify({ ...document, changes }, null, 2))
      return 0
    }
    const { id, status, version, files } = document
    const shown = { id, status, version, files, ...fieldsOf(product) }
    for (const [field, value] of Object.entries(shown)) print(`${field.padEnd(12)} ${describeValue(value)}`)
    for (const { actor, changed_at, change } of changes)
      print(`\n${changed_at.toISOString().slice(0, 16).replace('T', ' ')} ${actor}\n${describeChange(change)}`)
    return 0
  },
}

function describeChange(change: Record<string, { from?: unknown; to?: unknown }>): string {
  return Object.entries(change)
    .map(([field, { from, to }]) =>
      to === undefined ? `  ${field}` : `  ${field}: ${describeValue(from ?? '')}  →  ${describeValue(to)}`,
    )
    .join('\n')
}
