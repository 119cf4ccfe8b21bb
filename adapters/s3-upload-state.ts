import * as z from 'zod/mini'
import type { ByteRange, FileSource } from '../shop/app.ts'
import type { S3Place } from './s3-place.ts'

const MIB = 1024 ** 2
const MOST_PARTS = 10_000

/** Files up to this size are stored by one request; larger ones in parts of at least this size. */
export const PART_BYTES = 8 * MIB

const UploadState = z.object({
  upload_id: z.string(),
  endpoint: z.string(),
  bucket: z.string(),
  key: z.string(),
  sha256: z.string(),
  size_bytes: z.int(),
  part_bytes: z.int(),
})
/** An upload that has begun: what a bookmark holds. */
export type UploadState = z.infer<typeof UploadState>

/** Which file goes where; what a bookmark must agree with to be used. */
export type UploadPlan = Omit<UploadState, 'upload_id'>

type Target = { place: S3Place; key: string; source: FileSource }

/** All parts but the last have the same size, as some services demand: 8 MiB, or more where a bucket's 10,000 parts need it. */
export function planUpload({ place, key, source }: Target): UploadPlan {
  const { endpoint, bucket } = place
  const { sha256, sizeBytes } = source
  const part_bytes = Math.max(PART_BYTES, Math.ceil(sizeBytes / MOST_PARTS / MIB) * MIB)
  return { endpoint, bucket, key, sha256, size_bytes: sizeBytes, part_bytes }
}

/** The upload that a bookmark notes; null when it notes none, or that of another file or bucket. */
export function readBookmark(text: string | null, plan: UploadPlan): UploadState | null {
  const noted = UploadState.safeParse(parse(text ?? ''))
  if (!noted.success) return null
  const { upload_id, ...rest } = noted.data
  const isSame = Object.entries(plan).every(([name, value]) => rest[name as keyof UploadPlan] === value)
  return isSame ? noted.data : null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** The bytes of each part, by its number; the first is 1. */
export function partsOf({ size_bytes, part_bytes }: UploadPlan): Map<number, ByteRange> {
  const count = Math.ceil(size_bytes / part_bytes)
  return new Map(
    Array.from({ length: count }, (_, i) => {
      const last = Math.min(size_bytes, (i + 1) * part_bytes) - 1
      return [i + 1, { first: i * part_bytes, last }]
    }),
  )
}
