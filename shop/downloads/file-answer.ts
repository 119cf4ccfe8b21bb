import { readRange } from './byte-range.ts'

/** What a request for a file says beside its token: the method, and headers as they came. */
export type FileRequest = {
  isHead: boolean
  range: string | null
  ifRange: string | null
  ifMatch: string | null
  ifNoneMatch: string | null
}

/** Reads what a request asks of a file. */
export function readFileRequest({ method, headers }: Pick<Request, 'method' | 'headers'>): FileRequest {
  return {
    isHead: method === 'HEAD',
    range: headers.get('range'),
    ifRange: headers.get('if-range'),
    ifMatch: headers.get('if-match'),
    ifNoneMatch: headers.get('if-none-match'),
  }
}

/** Whole, in part, or not at all: unchanged since the reader's copy (304), no longer the copy it means (412), beyond the end (416). */
export type FileAnswer =
  | { status: 200 }
  | { status: 206; range: { first: number; last: number } }
  | { status: 304 | 412 | 416 }

type StoredFile = { size_bytes: number; sha256: string }

/**
 * How a request for a file is answered, in the order of RFC 9110, section 13.2.2. The ETag is the SHA-256 of the bytes, so a download that
 * goes on after a pause can never get parts of two files: under another ETag the whole file is sent.
 */
export function chooseAnswer(asked: FileRequest, { size_bytes, sha256 }: StoredFile): FileAnswer {
  if (asked.ifMatch !== null && !names(asked.ifMatch, sha256, { isWeakEnough: false })) return { status: 412 }
  if (asked.ifNoneMatch !== null && names(asked.ifNoneMatch, sha256, { isWeakEnough: true })) return { status: 304 }
  const isStale = asked.ifRange !== null && asked.ifRange.trim() !== etagOf(sha256)
  if (asked.isHead || isStale) return { status: 200 }
  const range = readRange(asked.range, size_bytes)
  if (range === 'all') return { status: 200 }
  return range === 'beyond' ? { status: 416 } : { status: 206, range }
}

/** The headers that say what an answer is; sizes in bytes. */
export function fileHeaders(answer: FileAnswer, { size_bytes, sha256 }: StoredFile): Record<string, string> {
  const always = { 'accept-ranges': 'bytes', etag: etagOf(sha256) }
  switch (answer.status) {
    case 200:
      return { ...always, 'content-length': String(size_bytes) }
    case 206: {
      const { first, last } = answer.range
      const span = `bytes ${first}-${last}/${size_bytes}`
      return { ...always, 'content-length': String(last - first + 1), 'content-range': span }
    }
    case 416:
      return { ...always, 'content-range': `bytes */${size_bytes}` }
    default:
      return always
  }
}

function etagOf(sha256: string): string {
  return `"${sha256}"`
}

/** Whether a list of ETags, or `*`, names this file. */
function names(list: string, sha256: string, { isWeakEnough }: { isWeakEnough: boolean }): boolean {
  if (list.trim() === '*') return true
  return Array.from(list.matchAll(/(W\/)?"([^"]*)"/g)).some(
    ([, weak, tag]) => tag === sha256 && (isWeakEnough || weak === undefined),
  )
}
