import { VendorDown } from '../shop/errors.ts'
import type { S3Answer, S3Request } from './s3-client.ts'
import type { UploadState } from './s3-upload-state.ts'
import { elementsIn, textIn } from './s3-xml.ts'

/** One request, repeated while the store is down. @throws ShopError unless it succeeds in the end */
export type PatientAsk = (request: S3Request, permission: string) => Promise<S3Answer>

export type StoredPart = { number: number; etag: string; size: number }

type Begin = Pick<S3Request, 'key' | 'amz' | 'headers'>
type Part = { number: number; body: Uint8Array<ArrayBuffer>; signal: AbortSignal }

/** Longer than this Node's own fetch does not wait for an answer. */
export const LONGEST_MS = 280_000

/** Begins an upload in parts; its id. */
export async function beginUpload(ask: PatientAsk, file: Begin): Promise<string> {
  const { text } = await ask({ method: 'POST', query: { uploads: '' }, ...file }, 's3:PutObject')
  return textIn(text, 'UploadId') ?? unconfirmed('an upload')
}

/** The parts that the bucket has, by their numbers. @throws UploadVanished */
export async function listParts(ask: PatientAsk, { key, upload_id }: UploadState): Promise<Map<number, StoredPart>> {
  const parts = new Map<number, StoredPart>()
  for (let marker = 0; ; ) {
    const query = { uploadId: upload_id, 'max-parts': '1000', 'part-number-marker': String(marker) }
    const { text } = await ask({ method: 'GET', key, query }, 's3:ListMultipartUploadParts')
    for (const part of elementsIn(text, 'Part').map(readPart)) parts.set(part.number, part)
    const next = Number(textIn(text, 'NextPartNumberMarker'))
    if (textIn(text, 'IsTruncated') !== 'true' || !(next > marker)) return parts
    marker = next
  }
}

function readPart(xml: string): StoredPart {
  return {
    number: Number(textIn(xml, 'PartNumber')),
    etag: textIn(xml, 'ETag') ?? '',
    size: Number(textIn(xml, 'Size')),
  }
}

/** Stores a part, replacing one of the same number; its etag. */
export async function sendPart(ask: PatientAsk, { key, upload_id }: UploadState, part: Part): Promise<string> {
  const { number, body, signal } = part
  const query = { partNumber: String(number), uploadId: upload_id }
  const { headers } = await ask({ method: 'PUT', key, query, body, signal, ms: LONGEST_MS }, 's3:PutObject')
  return headers.get('etag') ?? unconfirmed(`part ${number}`)
}

/** Makes the parts one file. @throws UploadVanished, also when an earlier try has done it and its answer was lost */
export async function completeUpload(ask: PatientAsk, { key, upload_id }: UploadState, etags: Map<number, string>) {
  const parts = [...etags].sort(([one], [other]) => one - other)
  const lines = parts.map(([n, etag]) => `<Part><PartNumber>${n}</PartNumber><ETag>${escaped(etag)}</ETag></Part>`)
  const body = new TextEncoder().encode(`<CompleteMultipartUpload>${lines.join('')}</CompleteMultipartUpload>`)
  const query = { uploadId: upload_id }
  const headers = { 'content-type': 'application/xml' }
  const { text } = await ask({ method: 'POST', key, query, headers, body, ms: LONGEST_MS }, 's3:PutObject')
  if (textIn(text, 'ETag') === undefined) unconfirmed('the whole file')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function unconfirmed(what: string): never {
  throw new VendorDown('storage', `The file store has not confirmed ${what}.`)
}
