import { createHash } from 'node:crypto'
import { getStore } from '@netlify/blobs'
import type { FileSource, FileStore, UploadRun } from '../shop/app.ts'
import { InvalidInput } from '../shop/errors.ts'
import { checkedKey } from './checked-key.ts'
import { sliceStream } from './slice-stream.ts'
import { withinDeadline } from './within-deadline.ts'

const DEADLINE_MS = 8_000
/** A slow line needs minutes for the largest file. */
const WRITE_DEADLINE_MS = 600_000
/** A function hands out 20 MB at most, headers included. */
const LARGEST = 19_000_000

/** Images of the products by the SHA-256 of their bytes; the build reads them. */
export type ImageStore = { read(sha256: string): Promise<Uint8Array | null> }

/** The files that buyers get, in Netlify Blobs; keys come from the database only. */
export function createBlobFiles(): FileStore {
  return {
    maxBytes: LARGEST,
    open: async (key, range) => {
      const stream = await withinDeadline(DEADLINE_MS, (signal) => openWhole(checkedKey(key), signal))
      return stream && range ? sliceStream(stream, range) : stream
    },
    link: async (key) => {
      checkedKey(key)
      return null
    },
    stat: (key) => withinDeadline(DEADLINE_MS, (signal) => stat(checkedKey(key), signal)),
    write: (key, source, run) => write(checkedKey(key), source, run),
    remove: (key) => withinDeadline(DEADLINE_MS, (signal) => openStore(signal).delete(checkedKey(key))),
  }
}

export function createImageStore(): ImageStore {
  return {
    read: async (sha256) => {
      const bytes = await getStore('product-images').get(checkedKey(sha256), { type: 'arrayBuffer' })
      return bytes && new Uint8Array(bytes)
    },
  }
}

/** Strong reads: a file that has just been pushed, or replaced, must not be its earlier self for a minute. */
function openStore(signal: AbortSignal) {
  return getStore({ name: 'product-files', consistency: 'strong', fetch: fetchUntil(signal) })
}

/** The client would repeat an aborted request, five seconds later and five times; an answer that is no success ends it at once. */
function fetchUntil(signal: AbortSignal): typeof fetch {
  return async (input, init) => {
    try {
      return await fetch(input, { ...init, signal })
    } catch (error) {
      if (signal.aborted) return new Response(null, { status: 408 })
      throw error
    }
  }
}

async function openWhole(key: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array> | null> {
  return (await openStore(signal).get(key, { type: 'stream' })) as ReadableStream<Uint8Array> | null
}

/** Blobs tells no size: what an upload has written down is believed, and a file that something else put there is counted. */
async function stat(key: string, signal: AbortSignal): Promise<Awaited<ReturnType<FileStore['stat']>>> {
  const found = await openStore(signal).getMetadata(key)
  if (!found) return null
  const { size_bytes, sha256 } = found.metadata
  if (typeof size_bytes === 'number') return { size_bytes, sha256: typeof sha256 === 'string' ? sha256 : null }
  const stream = await openWhole(key, signal)
  return stream && { size_bytes: await countBytes(stream), sha256: null }
}

async function countBytes(stream: ReadableStream<Uint8Array>): Promise<number> {
  let size = 0
  for await (const chunk of stream) size += chunk.byteLength
  return size
}

async function write(key: string, source: FileSource, run: UploadRun): Promise<void> {
  const { sizeBytes, sha256, contentType } = source
  if (sizeBytes > LARGEST) throw new InvalidInput(`Netlify Blobs takes ${LARGEST} bytes at most, not ${sizeBytes}.`)
  const bytes = await readWhole(source)
  run.signal.throwIfAborted()
  const metadata = { size_bytes: sizeBytes, sha256, content_type: contentType }
  const put = withinDeadline(WRITE_DEADLINE_MS, async (late) => {
    const store = openStore(AbortSignal.any([late, run.signal]))
    const { etag } = await store.set(key, new Blob([bytes]), { metadata })
    // The client reports a success that it has not seen; a file that is there has an etag.
    if (!etag) throw new Error('the store has not confirmed the file')
  })
  await put.catch((error: unknown) => {
    run.signal.throwIfAborted()
    throw error
  })
  run.progress(sizeBytes)
}

/** @throws InvalidInput when the file is no longer the one whose SHA-256 was taken */
async function readWhole({ sizeBytes, sha256, read }: FileSource): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(sizeBytes > 0 ? await read({ first: 0, last: sizeBytes - 1 }) : [])
  const isSame = bytes.byteLength === sizeBytes && createHash('sha256').update(bytes).digest('hex') === sha256
  if (isSame) return bytes
  throw new InvalidInput('The file has changed since its SHA-256 was taken; push it again.')
}
