import { StripeError } from './stripe-error.ts'

/** Parameters as they arrive: text at the leaves, brackets as nesting, `[0]` and `[]` as keys. */
export type Tree = string | { [key: string]: Tree }

const MAX_DEPTH = 10

/** Reads form-encoded text with nested brackets, the format of Stripe's request bodies and query strings. */
export function readForm(text: string): { [key: string]: Tree } {
  const root = branch()
  for (const [name, value] of new URLSearchParams(text)) plant(root, pathOf(name), value)
  return root
}

/** The same request, whatever the order of its parameters, gives the same text. */
export function canonicalForm(text: string): string {
  return JSON.stringify([...new URLSearchParams(text)].map(([name, value]) => `${name}=${value}`).sort())
}

// No prototype, so that a parameter called `constructor` is only a name.
function branch(): { [key: string]: Tree } {
  return Object.create(null)
}

function pathOf(name: string): string[] {
  const parts = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name)
  const first = parts?.[1]
  if (first === undefined) throw new StripeError(`Invalid parameter name: ${name}`, { code: 'parameter_unknown' })
  const path = [first, ...[...(parts?.[2] ?? '').matchAll(/\[([^[\]]*)\]/g)].map((match) => match[1] ?? '')]
  if (path.length > MAX_DEPTH) throw new StripeError(`Parameter nested too deeply: ${first}`, { param: first })
  return path
}

function plant(root: { [key: string]: Tree }, path: string[], value: string): void {
  let node = root
  for (const [depth, step] of path.entries()) {
    const key = step === '' ? String(Object.keys(node).length) : step
    if (depth === path.length - 1) {
      node[key] = value
      return
    }
    const next = node[key]
    const deeper = typeof next === 'object' ? next : branch()
    node[key] = deeper
    node = deeper
  }
}
