import type { FileStore } from '../shop/app.ts'
import { VendorRefused } from '../shop/errors.ts'
import type { S3Answer, S3Client } from './s3-client.ts'
import { codeOf, expectSuccess } from './s3-errors.ts'

/** Without s3:ListBucket Amazon says 403 for a file that is not there. */
const PERMISSIONS = 's3:GetObject and s3:ListBucket'

/** What the bucket knows about a file. The SHA-256 is what the upload has written next to it. */
export async function statFile(client: S3Client, key: string): ReturnType<FileStore['stat']> {
  const answer = await client.ask({ method: 'HEAD', key })
  if (answer.status >= 400 && answer.status < 500) return hearWhy(client, key, answer)
  const { headers } = expectSuccess(answer, PERMISSIONS)
  const size = headers.get('content-length') ?? ''
  if (!/^\d+$/.test(size)) throw new VendorRefused('storage', 'The file store does not tell the size of a file.')
  return { size_bytes: Number(size), sha256: headers.get('x-amz-meta-sha256') }
}

/** An answer to HEAD has no body, so a wrong secret looks like a missing permission, and no bucket like no file. To GET the service says it. */
async function hearWhy(client: S3Client, key: string, { status }: S3Answer): Promise<null> {
  const said = await client.ask({ method: 'GET', key, headers: { range: 'bytes=0-0' } })
  if (said.status === 404 && codeOf(said) !== 'NoSuchBucket') return null
  expectSuccess(said, PERMISSIONS)
  // It was put there between the two questions.
  if (status === 404) return null
  throw new VendorRefused('storage', 'The file store refuses to tell the size of a file.')
}
