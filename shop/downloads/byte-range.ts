/** Bytes `first` to `last`, both included. */
type Span = { first: number; last: number }

/** `bytes=0-99`, `bytes=500-` or `bytes=-500`, and nothing else. */
const ONE_RANGE = /^bytes=(?:(\d+)-(\d*)|-(\d+))$/i

/**
 * What a `Range` header asks of a file of `size` bytes (RFC 9110, section 14): a part of it, `all`, or something `beyond` its end. Several
 * ranges at once and whatever is malformed are answered with all of it, as section 14.2 allows.
 */
export function readRange(header: string | null, size: number): Span | 'all' | 'beyond' {
  const parts = ONE_RANGE.exec(header?.trim() ?? '')
  if (!parts) return 'all'
  const [, from, to, suffix] = parts
  if (from === undefined) return lastBytes(Number(suffix), size)
  const first = Number(from)
  const last = to ? Number(to) : Number.POSITIVE_INFINITY
  if (last < first) return 'all'
  return first < size ? { first, last: Math.min(last, size - 1) } : 'beyond'
}

function lastBytes(count: number, size: number): Span | 'beyond' {
  return count > 0 && size > 0 ? { first: Math.max(0, size - count), last: size - 1 } : 'beyond'
}
