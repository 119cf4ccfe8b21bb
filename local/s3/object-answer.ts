import type { FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { S3Object } from './objects.ts'
import { S3Error } from './s3-error.ts'

type Ask = { object: S3Object; range: string | undefined; overrides: URLSearchParams }
type Span = { first: number; last: number }

/** What a signed address may set in the answer, by S3's names of it. */
const OVERRIDES = [
  'content-disposition',
  'content-type',
  'cache-control',
  'content-encoding',
  'content-language',
  'expires',
]

/** The answer to a GET, or without a file that to a HEAD: the object or the part that is asked for. @throws S3Error for a part beyond its end */
export function objectAnswer({ object, range, overrides }: Ask, file: FileHandle | undefined): Response {
  const span = spanOf(range, object.size)
  const headers = new Headers({
    'accept-ranges': 'bytes',
    'content-length': String(span ? span.last - span.first + 1 : object.size),
    'content-type': object.content_type,
    etag: `"${object.etag}"`,
    'last-modified': new Date(object.modified_at).toUTCString(),
  })
  for (const [name, value] of Object.entries(object.metadata)) headers.set(`x-amz-meta-${name}`, value)
  for (const name of OVERRIDES) {
    const value = overrides.get(`response-${name}`)
    if (value !== null) headers.set(name, value)
  }
  if (span) headers.set('content-range', `bytes ${span.first}-${span.last}/${object.size}`)
  return new Response(file ? bytesOf(file, object, span) : null, { status: span ? 206 : 200, headers })
}

function bytesOf(file: FileHandle, { size }: S3Object, span: Span | undefined): ReadableStream<Uint8Array> | null {
  const { first, last } = span ?? { first: 0, last: size - 1 }
  if (size > 0) return Readable.toWeb(file.createReadStream({ start: first, end: last })) as ReadableStream<Uint8Array>
  void file.close()
  return null
}

/** One range of bytes; undefined for the whole object, which is also the answer to what is no single range. */
function spanOf(range: string | undefined, size: number): Span | undefined {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? []
  if (from === undefined || to === undefined || (!from && !to)) return undefined
  const first = from ? Number(from) : Math.max(0, size - Number(to))
  const last = from && to ? Math.min(Number(to), size - 1) : size - 1
  if (first < size && first <= last) return { first, last }
  throw new S3Error(416, 'InvalidRange', 'The requested range is not satisfiable')
}
