import type { FileStore } from '../shop/app.ts'
import { VendorRefused } from '../shop/errors.ts'
import type { S3Client } from './s3-client.ts'
import { expectSuccess } from './s3-errors.ts'

/** What the bucket knows about a file. The SHA-256 is what the upload has written next to it. */
export async function statFile(client: S3Client, key: string): ReturnType<FileStore['stat']> {
  const answer = await client.ask({ method: 'HEAD', key })
  if (answer.status === 404) return null
  // Without s3:ListBucket Amazon says 403 for a file that is not there.
  const { headers } = expectSuccess(answer, 's3:GetObject and s3:ListBucket')
  const size = headers.get('content-length') ?? ''
  if (!/^\d+$/.test(size)) throw new VendorRefused('storage', 'The file store does not tell the size of a file.')
  return { size_bytes: Number(size), sha256: headers.get('x-amz-meta-sha256') }
}
