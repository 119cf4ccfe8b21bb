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
  const fault = faultOfBucket(files)
  if (fault) throw new Error(`${complaint}\n${fault}`)
  return 's3'
}

/** What is wrong with the bucket's variables; null when they are all set. */
function faultOfBucket(files: App['files']): string | null {
  try {
    void files.s3.maxBytes
    return null
  } catch (error) {
    if (error instanceof Misconfigured) return error.message
    throw error
  }
}

function tooLarge(files: App['files'], name: string, sizeBytes: number): string {
  const { maxBytes } = files.blobs
  const isHardlyMore = size(sizeBytes) === size(maxBytes)
  const large = isHardlyMore ? `${sizeBytes.toLocaleString('en')} bytes` : size(sizeBytes)
  const remedy = faultOfBucket(files)
    ? `Set ${VARIABLES} for an S3-compatible bucket (docs/DEPLOY.md), and push again.`
    : 'Leave --store out, and it goes to your bucket.'
  return `${name} is ${large}; Netlify Blobs hands out at most ${size(maxBytes)}. ${remedy}`
}

const size = (bytes: number) => formatBytes(bytes, 'en')
