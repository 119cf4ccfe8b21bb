import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Objects } from './objects.ts'
import { receiveBody } from './receive-body.ts'
import { escapeXml, S3Error, xmlAnswer } from './s3-error.ts'
import type { S3Request } from './s3-request.ts'
import { chooseParts, joinParts, type Uploads } from './uploads.ts'

type Stores = { objects: Objects; uploads: Uploads }
type Described = { content_type: string; metadata: Record<string, string> }

/** The requests about uploads in parts; undefined for any other. */
export async function answerMultipart(request: S3Request, stores: Stores & { sha256: string }) {
  const { method, params } = request
  const id = params.get('uploadId')
  if (method === 'POST' && params.has('uploads')) return await begin(request, stores)
  if (id === null) return undefined
  if (method === 'PUT') return await putPart(request, id, stores)
  if (method === 'GET') return await listParts(request, id, stores)
  if (method === 'POST') return await complete(request, id, stores)
  if (method !== 'DELETE') return undefined
  await stores.uploads.read(id, request.key)
  await stores.uploads.remove(id)
  return new Response(null, { status: 204 })
}

/** What a client writes down next to an object. */
export function described({ headers }: S3Request): Described {
  const metadata = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith('x-amz-meta-') ? [[name.slice('x-amz-meta-'.length), String(value)] as const] : [],
  )
  const content_type = headers['content-type'] ?? 'binary/octet-stream'
  return { content_type, metadata: Object.fromEntries(metadata) }
}

async function begin(request: S3Request, { uploads }: Stores): Promise<Response> {
  const { bucket, key } = request
  const id = await uploads.begin({ key, ...described(request) })
  const names = `<Bucket>${bucket}</Bucket><Key>${escapeXml(key)}</Key>`
  return xmlAnswer('InitiateMultipartUploadResult', `${names}<UploadId>${id}</UploadId>`)
}

async function putPart(request: S3Request, id: string, { uploads, sha256 }: Stores & { sha256: string }) {
  const number = Number(request.params.get('partNumber'))
  if (!(Number.isInteger(number) && number >= 1 && number <= 10_000))
    throw new S3Error(400, 'InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive')
  await uploads.read(id, request.key)
  const received = await receiveBody(request.body, uploads.folderOf(id), sha256)
  await uploads.putPart(id, number, received)
  return new Response(null, { headers: { etag: `"${received.md5}"` } })
}

async function listParts({ key, params }: S3Request, id: string, { uploads }: Stores): Promise<Response> {
  await uploads.read(id, key)
  const after = Number(params.get('part-number-marker') ?? 0)
  const most = Math.min(1000, Number(params.get('max-parts') ?? 1000))
  const rest = (await uploads.parts(id)).filter(({ number }) => number > after)
  const page = rest.slice(0, most)
  const lines = page.map(
    ({ number, size, md5 }) =>
      `<Part><PartNumber>${number}</PartNumber><ETag>&quot;${md5}&quot;</ETag><Size>${size}</Size></Part>`,
  )
  const marker = `<NextPartNumberMarker>${page.at(-1)?.number ?? 0}</NextPartNumberMarker>`
  return xmlAnswer(
    'ListPartsResult',
    `${marker}<IsTruncated>${rest.length > page.length}</IsTruncated>${lines.join('')}`,
  )
}

async function complete(request: S3Request, id: string, { objects, uploads }: Stores): Promise<Response> {
  const { key, now } = request
  const begun = await uploads.read(id, key)
  const xml = await text(request.body)
  const wanted = [
    ...xml.matchAll(/<Part><PartNumber>(\d+)<\/PartNumber><ETag>(?:"|&quot;)?(\w+)(?:"|&quot;)?<\/ETag><\/Part>/g),
  ]
  const parts = chooseParts(
    await uploads.parts(id),
    wanted.map(([, number, etag = '']) => ({ number: Number(number), etag })),
  )
  await mkdir(objects.data, { recursive: true })
  const path = join(objects.data, randomBytes(16).toString('hex'))
  const { size, etag } = await joinParts(parts, path)
  await objects.put({ ...begun, size, etag, path, modified_at: now.toISOString() })
  await uploads.remove(id)
  return xmlAnswer('CompleteMultipartUploadResult', `<Key>${escapeXml(key)}</Key><ETag>&quot;${etag}&quot;</ETag>`)
}
