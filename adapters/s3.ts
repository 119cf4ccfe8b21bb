import type { ByteRange, FileStore } from '../shop/app.ts'
import { checkedKey } from './checked-key.ts'
import type { S3Settings } from './config.ts'
import { contentDisposition } from './content-disposition.ts'
import { createS3Client, type S3Client } from './s3-client.ts'
import { codeOf, expectSuccess, failureOf } from './s3-errors.ts'
import { statFile } from './s3-stat.ts'
import { uploadFile } from './s3-upload.ts'
import { sliceStream } from './slice-stream.ts'

/** The largest object of S3, in bytes. */
const LARGEST = 5 * 1024 ** 4

type Means = S3Settings & {
  fetch?: typeof fetch
  now?: () => Date
  /** Resolves after so many milliseconds; rejects when the signal aborts first. */
  pause(ms: number, signal?: AbortSignal): Promise<void>
}

/** The files that buyers get, in a bucket of any S3-compatible service, which hands them out itself. */
export function createS3Files({ pause, ...settings }: Means): FileStore {
  const client = createS3Client(settings)
  return {
    maxBytes: LARGEST,
    open: async (key, range) => open(client, checkedKey(key), range),
    link: async (key, { filename, seconds }) =>
      client.presign({
        key: checkedKey(key),
        query: {
          'response-content-disposition': contentDisposition(filename),
          // Never a type that a browser would show, and run, in the bucket's name.
          'response-content-type': 'application/octet-stream',
        },
        seconds,
      }),
    stat: async (key) => statFile(client, checkedKey(key)),
    write: async (key, source, run) =>
      uploadFile({ client, place: settings, pause }, { key: checkedKey(key), source, run, maxBytes: LARGEST }),
    remove: async (key) => {
      expectSuccess(await client.ask({ method: 'DELETE', key: checkedKey(key) }), 's3:DeleteObject')
    },
  }
}

async function open(client: S3Client, key: string, range?: ByteRange): Promise<ReadableStream<Uint8Array> | null> {
  const headers: Record<string, string> = range ? { range: `bytes=${range.first}-${range.last}` } : {}
  const response = await client.open({ method: 'GET', key, headers })
  const { status, body } = response
  if (status === 206) return body
  if (status === 200) return range && body ? sliceStream(body, range) : body
  const text = await response.text()
  if (status === 416) return new Blob([]).stream()
  if (status === 404 && codeOf({ text }) !== 'NoSuchBucket') return null
  throw failureOf({ status, text }, 's3:GetObject')
}
