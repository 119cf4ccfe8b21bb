import { createHash, randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { S3Error } from './s3-error.ts'

/** Bytes that have arrived whole, in a file of their own. */
export type Received = { path: string; size: number; md5: string }

/** Writes a body to a new file. @throws S3Error when its SHA-256 is not the one that was signed; nothing is left then */
export async function receiveBody(body: Readable, folder: string, sha256: string): Promise<Received> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, randomBytes(16).toString('hex'))
  const [md5, sha] = [createHash('md5'), createHash('sha256')]
  let size = 0
  const measured = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      md5.update(chunk)
      sha.update(chunk)
      size += chunk.byteLength
      yield chunk
    }
  }
  try {
    await pipeline(body, measured, createWriteStream(path))
    if (sha256 !== 'UNSIGNED-PAYLOAD' && sha.digest('hex') !== sha256)
      throw new S3Error(
        400,
        'XAmzContentSHA256Mismatch',
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
      )
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  return { path, size, md5: md5.digest('hex') }
}
