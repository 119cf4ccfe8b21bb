import type { App, StoreName } from '../../../shop/app.ts'
import { Misconfigured } from '../../../shop/errors.ts'
import { formatBytes } from '../../../site/assets/ts/format-bytes.ts'

export const STORE_NAMES: Record<StoreName, string> = { blobs: 'Netlify Blobs', s3: 'the S3 bucket' }

const VARIABLES = 'FILES_S3_ENDPOINT, FILES_S3_BUCKET, FILES_S3_ACCESS_KEY_ID and FILES_S3_SECRET_ACCESS_KEY'

type Wish = { name: string; sizeBytes: number; store: StoreName | null }

/**
 * The store for a file: that which was asked for, else Netlify Blobs as long as it fits there, else the bucket.
 * @throws Error when it does not fit, saying what to set instead; Misconfigured when the bucket that was asked for is not set
 */
export function chooseStore({ files }: Pick<App, 'files'>, { name, sizeBytes, store }: Wish): StoreName {
  const chosen =
    store ?? (sizeBytes <= files.blobs.maxBytes ? 'blobs' : bucketOr(files, tooLarge(files, name, sizeBytes)))
  const { maxBytes } = files[chosen]
  if (sizeBytes <= maxBytes) return chosen
  if (chosen === 'blobs') throw new Error(tooLarge(files, name, sizeBytes))
  throw new Error(`${name} is ${size(sizeBytes)}; a bucket takes files of ${size(maxBytes)} at most.`)
}

function bucketOr(files: App['files'], complaint: string): StoreName {
  try {
    void files.s3.maxBytes
    return 's3'
  } catch (error) {
    if (error instanceof Misconfigured) throw new Error(`${complaint}\n${error.message}`)
    throw error
  }
}

function tooLarge({ blobs: { maxBytes } }: App['files'], name: string, sizeBytes: number): string {
  const isHardlyMore = size(sizeBytes) === size(maxBytes)
  const large = isHardlyMore ? `${sizeBytes.toLocaleString('en')} bytes` : size(sizeBytes)
  return `${name} is ${large}; Netlify Blobs hands out at most ${size(maxBytes)}. Set ${VARIABLES} for an S3-compatible bucket (docs/DEPLOY.md), and push again.`
}

const size = (bytes: number) => formatBytes(bytes, 'en')
