import type { Reader } from './params.ts'
import { StripeError } from './stripe-error.ts'

export type Metadata = Record<string, string>

/** 50 keys of 40 characters without brackets, values of 500 (docs.stripe.com/api/metadata); `''` is kept to unset. */
export const metadata: Reader<Metadata | undefined> = (value, param) => {
  if (value === undefined || value === '') return value === '' ? {} : undefined
  if (typeof value === 'string') throw new StripeError('Invalid object', { param })
  for (const [key, entry] of Object.entries(value)) checkEntry(key, entry, param)
  if (Object.keys(value).length > 50) throw new StripeError('Metadata can have up to 50 keys.', { param })
  return { ...value } as Metadata
}

/** Metadata of a new object: keys that were sent empty are not there. */
export function withoutEmpty(sent: Metadata | undefined): Metadata {
  return Object.fromEntries(Object.entries(sent ?? {}).filter(([, value]) => value !== ''))
}

function checkEntry(key: string, entry: unknown, param: string): void {
  const at = { param: `${param}[${key}]` }
  if (typeof entry !== 'string') throw new StripeError(`Invalid string for metadata key ${key}`, at)
  if (key.length > 40) throw new StripeError('Metadata keys can be up to 40 characters long.', at)
  if (entry.length > 500) throw new StripeError('Metadata values can be up to 500 characters long.', at)
}

/** Metadata after an update: sent keys replace, keys sent empty go; an empty parameter as a whole unsets all. */
export function mergeMetadata(known: Metadata | null, sent: Metadata | undefined): Metadata {
  if (sent === undefined) return known ?? {}
  return Object.keys(sent).length === 0 ? {} : withoutEmpty({ ...known, ...sent })
}
