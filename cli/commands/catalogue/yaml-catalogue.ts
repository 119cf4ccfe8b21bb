import { parseDocument, stringify } from 'yaml'
import type { RawEntry } from './entry-of.ts'

const HEAD = `# The catalogue of a shop made with Till. Change what you like and bring it back: npm run till -- import <this file>
# A product without an id is a new one, unless there is one with its slug. What an entry does not name stays as it is.
`

/** The catalogue as YAML, for people to edit. */
export function writeYaml(entries: RawEntry[]): string {
  return (
    HEAD + stringify({ products: entries }, { lineWidth: 0, defaultStringType: 'PLAIN', aliasDuplicateObjects: false })
  )
}

/**
 * The products of a catalogue in YAML; every value is text, as it stands there, so that `19.00` is no number and `no` no boolean.
 * @throws Error with the place of what cannot be read
 */
export function readYaml(text: string): RawEntry[] {
  const document = parseDocument(text, { schema: 'failsafe', prettyErrors: true })
  const [fault] = document.errors
  if (fault) throw new Error(`This is no YAML: ${fault.message}`)
  const whole: unknown = document.toJS()
  const products = typeof whole === 'object' && whole !== null && 'products' in whole ? whole.products : undefined
  if (Array.isArray(products) && products.every(isRecord)) return products
  throw new Error('There is no list called products in this file.')
}

function isRecord(value: unknown): value is RawEntry {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
