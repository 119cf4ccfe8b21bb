import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setEnvironmentContext } from '@netlify/blobs'
import { createBlobFiles } from '../../adapters/blobs.ts'
import { createOpenBlobs } from '../../adapters/open-blobs.ts'
import { createS3Files } from '../../adapters/s3.ts'
import type { S3Style } from '../../adapters/s3-place.ts'
import { startBlobs } from '../../local/blobs.ts'
import { createFaults, type FaultBoard } from '../../local/faults.ts'
import { listen } from '../../local/listen.ts'
import { createS3 } from '../../local/s3/create-s3.ts'
import type { FileSource, FileStore, UploadRun } from '../../shop/app.ts'
import { resolveLocalhostNames } from '../support/localhost-names.ts'

export type StoreStage = { files: FileStore; close(): Promise<void> }

export const S3_KEY = { accessKeyId: 'till-test', secretAccessKey: 'a-secret-of-this-test-only', region: 'us-east-1' }

/** Netlify's own emulator behind the shop's adapter. */
export async function openBlobsStage(): Promise<StoreStage> {
  const directory = await mkdtemp(join(tmpdir(), 'till-files-'))
  const blobs = await startBlobs({ directory, token: 'hush' })
  setEnvironmentContext(blobs.context)
  return {
    files: createBlobFiles({ openBlobs: createOpenBlobs(undefined), access: undefined }),
    close: async () => {
      await blobs.stop()
      await rm(directory, { recursive: true })
    },
  }
}

/** The local bucket service behind the shop's adapter. Pauses before another try are skipped. */
export async function openS3Stage(style: S3Style) {
  const folder = await mkdtemp(join(tmpdir(), 'till-s3-'))
  const faults: FaultBoard = createFaults()
  const restore = resolveLocalhostNames()
  let ahead = 0
  const now = () => new Date(Date.now() + ahead)
  const s3 = createS3({ folder, bucket: 'till-files', key: S3_KEY, faults, now })
  const listener = await listen(0, (request, bindings) => s3.routes.fetch(request, bindings))
  const settings = { ...S3_KEY, endpoint: `http://localhost:${listener.port}`, bucket: 'till-files', style }
  const changed = (changes: Partial<Parameters<typeof createS3Files>[0]>) =>
    createS3Files({ ...settings, pause: () => Promise.resolve(), ...changes })
  return {
    files: changed({}),
    /** The same bucket by other settings. */
    with: changed,
    settings,
    faults,
    seen: s3.seen,
    /** Lets time pass at the service. */
    pass: (seconds: number) => {
      ahead += seconds * 1000
    },
    close: async () => {
      restore()
      await listener.close()
      await rm(folder, { recursive: true })
    },
  }
}

/** Bytes that differ everywhere, the same for the same size. */
export function bytesOf(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size)
  let state = 2463534242 ^ size
  for (let i = 0; i < size; i++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    bytes[i] = state & 255
  }
  return bytes
}

/** A file in memory, as an upload reads it. */
export function sourceOf(bytes: Uint8Array<ArrayBuffer>): FileSource {
  return {
    sizeBytes: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    contentType: 'application/pdf',
    read: async ({ first, last }) => bytes.subarray(first, last + 1),
  }
}

/** An upload that keeps its bookmark in memory and writes down its progress. */
export function openRun(signal = new AbortController().signal) {
  let state: string | null = null
  const done: number[] = []
  const run: UploadRun = {
    bookmark: {
      load: async () => state,
      save: async (text) => {
        state = text
      },
      clear: async () => {
        state = null
      },
    },
    progress: (bytes) => {
      done.push(bytes)
    },
    signal,
  }
  return { run, done, noted: () => state }
}

export async function readAll(stream: ReadableStream<Uint8Array> | null): Promise<Uint8Array<ArrayBuffer> | null> {
  return stream && new Uint8Array(await new Response(stream).arrayBuffer())
}
