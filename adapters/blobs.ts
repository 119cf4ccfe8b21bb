import type { FileSource, FileStore } from '../shop/app.ts'
import { InvalidInput, Misconfigured, VendorDown, VendorRefused } from '../shop/errors.ts'
import { checkedKey } from './checked-key.ts'
import type { BlobsAccess, OpenBlobs } from './open-blobs.ts'
import { readWhole } from './read-piece.ts'
import { sliceStream } from './slice-stream.ts'
import { withinDeadline } from './within-deadline.ts'

const DEADLINE_MS = 8_000
/** A slow line needs minutes for the largest file. */
const WRITE_DEADLINE_MS = 600_000
const ACCESS = 'NETLIFY_SITE_ID and NETLIFY_AUTH_TOKEN'
/** A function hands out 20 MB at most, headers included. */
const LARGEST = 19_000_000

type Store = ReturnType<OpenBlobs>
type Ask = <Result>(
  work: (store: Store) => Promise<Result>,
  limits?: { ms?: number; signal?: AbortSignal },
) => Promise<Result>
type Means = { openBlobs: OpenBlobs; access: BlobsAccess }

/** The files that buyers get, in Netlify Blobs; keys come from the database only. */
export function createBlobFiles({ openBlobs, access }: Means): FileStore {
  // Strong reads: a file that has just been pushed, or replaced, must not be its earlier self for a minute.
  const ask: Ask = (work, { ms = DEADLINE_MS, signal = new AbortController().signal } = {}) =>
    withinDeadline(ms, (late) => work(openBlobs('product-files', { signal: AbortSignal.any([late, signal]) }))).catch(
      (error: unknown) => {
        signal.throwIfAborted()
        throw explain(error, access)
      },
    )
  return {
    maxBytes: LARGEST,
    open: async (key, range) => {
      const plain = checkedKey(key)
      const stream = await ask((store) => openWhole(store, plain))
      return stream && range ? sliceStream(stream, range) : stream
    },
    link: async (key) => {
      checkedKey(key)
      return null
    },
    stat: async (key) => {
      const plain = checkedKey(key)
      return ask((store) => stat(store, plain))
    },
    write: async (key, source, { signal, progress }) => {
      const plain = checkedKey(key)
      if (source.sizeBytes > LARGEST) throw tooLarge(source.sizeBytes)
      const bytes = await readWhole(source)
      signal.throwIfAborted()
      await ask((store) => write(store, plain, { bytes, source }), { ms: WRITE_DEADLINE_MS, signal })
      progress(source.sizeBytes)
    },
    remove: async (key) => {
      const plain = checkedKey(key)
      await ask((store) => store.delete(plain))
    },
  }
}

/** What a person can mend is said in a person's words; everything else stays an outage. */
function explain(error: unknown, access: BlobsAccess): unknown {
  const cause = error instanceof VendorDown ? error.cause : undefined
  if (!(cause instanceof Error)) return error
  if (cause.name === 'MissingBlobsEnvironmentError')
    return new Misconfigured(`${ACCESS} are not set, and there are no Blobs here without them.`)
  // Only a token of the seller's own: what Netlify brings along is not for anybody to mend.
  const isRefused = access && 'status' in cause && (cause.status === 401 || cause.status === 403)
  return isRefused ? new VendorRefused('storage', `Netlify refuses ${ACCESS}.`, { cause, isAboutKey: true }) : error
}

async function openWhole(store: Store, key: string): Promise<ReadableStream<Uint8Array> | null> {
  return (await store.get(key, { type: 'stream' })) as ReadableStream<Uint8Array> | null
}

/** Blobs tells no size: what an upload has written down is believed, and a file that something else put there is counted. */
async function stat(store: Store, key: string): Promise<Awaited<ReturnType<FileStore['stat']>>> {
  const found = await store.getMetadata(key)
  if (!found) return null
  const { size_bytes, sha256 } = found.metadata
  if (typeof size_bytes === 'number') return { size_bytes, sha256: typeof sha256 === 'string' ? sha256 : null }
  const stream = await openWhole(store, key)
  return stream && { size_bytes: await countBytes(stream), sha256: null }
}

async function countBytes(stream: ReadableStream<Uint8Array>): Promise<number> {
  let size = 0
  for await (const chunk of stream) size += chunk.byteLength
  return size
}

type Upload = { bytes: Uint8Array<ArrayBuffer>; source: FileSource }

async function write(store: Store, key: string, { bytes, source }: Upload): Promise<void> {
  const { sizeBytes, sha256, contentType } = source
  const metadata = { size_bytes: sizeBytes, sha256, content_type: contentType }
  const { etag } = await store.set(key, new Blob([bytes]), { metadata })
  // The client has been seen to report a success that was none; a file that is there has an etag.
  if (!etag) throw new Error('the store has not confirmed the file')
}

function tooLarge(sizeBytes: number): InvalidInput {
  return new InvalidInput(`Netlify Blobs takes ${LARGEST} bytes at most, not ${sizeBytes}.`)
}
