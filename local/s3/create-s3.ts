import { join } from 'node:path'
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { Faults } from '../faults.ts'
import { faulty } from '../faulty.ts'
import { authenticate } from './authenticate.ts'
import { answerMultipart, described } from './multipart.ts'
import { objectAnswer } from './object-answer.ts'
import { createObjects, type Objects } from './objects.ts'
import { receiveBody } from './receive-body.ts'
import { errorAnswer, S3Error } from './s3-error.ts'
import { readRequest, type S3Request } from './s3-request.ts'
import type { S3Key } from './signature.ts'
import { createUploads } from './uploads.ts'

type Options = {
  /** Where everything is kept. */
  folder: string
  /** The one bucket there is. */
  bucket: string
  key: S3Key
  faults: Faults
  /** The path under which it is served, such as `/s3`. */
  basePath?: string
  now?: () => Date
}

/** An S3-compatible service on this machine, with one bucket and one key, which takes nothing that is not signed by it. */
export function createS3({ folder, bucket, key, faults, basePath = '', now = () => new Date() }: Options) {
  const objects = createObjects(join(folder, bucket))
  const uploads = createUploads(join(folder, bucket))
  /** Every request that was let in, for those who count. */
  const seen: { method: string; key: string; query: Record<string, string> }[] = []
  const answer = async (request: S3Request): Promise<Response> => {
    const sha256 = authenticate(request, key)
    if (request.bucket !== bucket) throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist')
    seen.push({ method: request.method, key: request.key, query: Object.fromEntries(request.query) })
    const multipart = await answerMultipart(request, { objects, uploads, sha256 })
    return multipart ?? (await answerObject(request, objects, sha256))
  }
  const routes = new Hono<{ Bindings: HttpBindings }>()
  routes.use(`${basePath}/*`, faulty(faults, 's3'))
  routes.all(`${basePath}/*`, async ({ env: { incoming } }) => {
    try {
      return await answer(readRequest(incoming, { basePath, now: now() }))
    } catch (error) {
      if (error instanceof S3Error) return errorAnswer(error, incoming.method)
      // Who has left in the middle of an upload reads no answer, and nothing of ours has failed.
      if (incoming.destroyed && !incoming.complete) return new Response(null, { status: 400 })
      throw error
    }
  })
  return { routes, seen }
}

async function answerObject(request: S3Request, objects: Objects, sha256: string): Promise<Response> {
  const { method, key } = request
  if (key && (method === 'GET' || method === 'HEAD')) return read(request, objects)
  if (key && method === 'PUT') return write(request, objects, sha256)
  if (!key || method !== 'DELETE') throw new S3Error(501, 'NotImplemented', 'This is not implemented here.')
  await objects.remove(key)
  return new Response(null, { status: 204 })
}

async function read({ method, key, headers, params }: S3Request, objects: Objects): Promise<Response> {
  const found = method === 'HEAD' ? { object: await objects.find(key), file: undefined } : await objects.open(key)
  const { object, file } = found ?? {}
  if (!object) throw new S3Error(404, 'NoSuchKey', 'The specified key does not exist.')
  try {
    return objectAnswer({ object, range: headers.range, overrides: params }, file)
  } catch (error) {
    await file?.close()
    throw error
  }
}

async function write(request: S3Request, objects: Objects, sha256: string): Promise<Response> {
  const { path, size, md5 } = await receiveBody(request.body, objects.data, sha256)
  const { key, now } = request
  await objects.put({ key, size, etag: md5, path, modified_at: now.toISOString(), ...described(request) })
  return new Response(null, { headers: { etag: `"${md5}"` } })
}
