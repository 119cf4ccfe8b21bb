import { normalEmail } from './email-address.ts'

/** What somebody looks for: everything, one order by any of its names, or those of an address, of which the beginning is enough. */
export type OrderSearch = { kind: 'all' | 'order' | 'session' | 'payment' | 'address'; text: string }

const NAMES: [RegExp, OrderSearch['kind']][] = [
  [/^ord_\w+$/, 'order'],
  [/^cs_\w+$/, 'session'],
  [/^pi_\w+$/, 'payment'],
]

/** Tells by its form what was typed or pasted. */
export function readOrderSearch(typed: string): OrderSearch {
  const text = typed.trim()
  if (text === '') return { kind: 'all', text: '' }
  const known = NAMES.find(([form]) => form.test(text))
  return known ? { kind: known[1], text } : { kind: 'address', text: normalEmail(text) }
}
