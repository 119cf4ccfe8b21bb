import type { Tree } from './form.ts'
import { missingParam, StripeError } from './stripe-error.ts'

/** Checks one parameter and gives its value, `undefined` if it was not sent; throws `StripeError` in Stripe's words. */
export type Reader<Value> = (value: Tree | undefined, param: string) => Value
export type Read<Of> = Of extends Reader<infer Value> ? Value : never
type Shape = Record<string, Reader<unknown>>
type Fields<Of extends Shape> = { [Key in keyof Of]: Read<Of[Key]> }

function invalid(message: string, param: string, code?: string): StripeError {
  return new StripeError(message, code === undefined ? { param } : { code, param })
}

function leaf(value: Tree, param: string, kind: string): string {
  if (typeof value !== 'string') throw invalid(`Invalid ${kind}`, param)
  if (value !== '') return value
  const message = `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`
  throw invalid(message, param, 'parameter_invalid_empty')
}

/** Text of at most `max` characters. */
export function text(max = 5000): Reader<string | undefined> {
  return (value, param) => {
    if (value === undefined) return undefined
    const found = leaf(value, param, 'string')
    if (found.length > max) throw invalid(`Invalid string: must be at most ${max} characters`, param)
    return found
  }
}

/** A whole number within bounds. */
export function integer(min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER): Reader<number | undefined> {
  return (value, param) => {
    if (value === undefined) return undefined
    const found = leaf(value, param, 'integer')
    if (!/^-?\d{1,15}$/.test(found)) throw invalid(`Invalid integer: ${found}`, param, 'parameter_invalid_integer')
    const number = Number(found)
    if (number < min) throw invalid(tooSmall(min), param, 'parameter_invalid_integer')
    if (number > max)
      throw invalid(`This value must be less than or equal to ${max}.`, param, 'parameter_invalid_integer')
    return number
  }
}

function tooSmall(min: number): string {
  return min === 1 ? 'This value must be greater than or equal to 1.' : `Invalid integer: must be at least ${min}`
}

/** A number above `above` and at most `max`, such as a percentage. */
export function decimal(above: number, max: number): Reader<number | undefined> {
  return (value, param) => {
    if (value === undefined) return undefined
    const number = Number(leaf(value, param, 'decimal'))
    if (!(number > above && number <= max))
      throw invalid(`Invalid decimal: must be above ${above}, at most ${max}`, param)
    return number
  }
}

export const boolean: Reader<boolean | undefined> = (value, param) => {
  if (value === undefined) return undefined
  const found = leaf(value, param, 'boolean')
  if (found !== 'true' && found !== 'false') throw invalid(`Invalid boolean: ${found}`, param)
  return found === 'true'
}

/** One of the given words. */
export function oneOf<const Word extends string>(...words: Word[]): Reader<Word | undefined> {
  return (value, param) => {
    if (value === undefined) return undefined
    const found = leaf(value, param, 'string')
    const word = words.find((candidate) => candidate === found)
    if (word === undefined) throw invalid(`Invalid ${param}: must be one of ${words.join(', ')}`, param)
    return word
  }
}

/** An absolute http(s) URL; `{…}` placeholders are allowed in it. */
export const url: Reader<string | undefined> = (value, param) => {
  const found = text()(value, param)
  if (found === undefined) return undefined
  const protocol = URL.canParse(found) ? new URL(found).protocol : ''
  if (!/^https?:$/.test(protocol)) throw invalid('Not a valid URL', param, 'url_invalid')
  return found
}

/** A list of at most `max` items, sent as `name[0]`, `name[1]`, … */
export function listOf<Value>(item: Reader<Value>, max = 100): Reader<NonNullable<Value>[] | undefined> {
  return (value, param) => {
    if (value === undefined) return undefined
    const entries = typeof value === 'object' ? Object.entries(value) : []
    if (entries.length === 0 || entries.some(([key]) => !/^\d+$/.test(key))) throw invalid('Invalid array', param)
    if (entries.length > max) throw invalid(`Array ${param} exceeded maximum ${max} allowed elements.`, param)
    const sorted = entries.sort(([a], [b]) => Number(a) - Number(b))
    return sorted.map(([key, entry]) => item(entry, `${param}[${key}]`)).filter((found) => found != null)
  }
}

/** An object of exactly these fields; anything else is `parameter_unknown`. */
export function object<const Of extends Shape>(shape: Of): Reader<Fields<Of> | undefined> {
  return (value, param) => {
    if (value === undefined) return undefined
    if (typeof value === 'string') throw invalid('Invalid object', param)
    return fields(shape, value, param)
  }
}

/** The fields of `shape` out of `tree`; `param` is the name of the object that holds them, empty at the top. */
export function fields<const Of extends Shape>(shape: Of, tree: { [key: string]: Tree }, param = ''): Fields<Of> {
  const name = (key: string) => (param === '' ? key : `${param}[${key}]`)
  for (const key of Object.keys(tree)) {
    if (!Object.hasOwn(shape, key))
      throw invalid(`Received unknown parameter: ${name(key)}`, name(key), 'parameter_unknown')
  }
  const read = Object.entries(shape).map(([key, reader]) => [key, reader(tree[key], name(key))])
  return Object.fromEntries(read)
}

/** The same reader for a parameter that must be there. */
export function required<Value>(reader: Reader<Value>): Reader<NonNullable<Value>> {
  return (value, param) => {
    const found = value === undefined ? undefined : reader(value, param)
    if (found == null) throw missingParam(param)
    return found
  }
}

/** A parameter that Stripe knows and this stand-in does not: refused aloud rather than ignored. */
export const unsupported: Reader<undefined> = (value, param) => {
  if (value !== undefined) throw invalid(`The local stand-in for Stripe does not support ${param}.`, param)
  return undefined
}
