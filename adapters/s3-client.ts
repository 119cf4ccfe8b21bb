import { createHash } from 'node:crypto'
import { AwsV4Signer } from 'aws4fetch'
import { VendorDown } from '../shop/errors.ts'
import type { S3Settings } from './config.ts'
import { addressIn } from './s3-place.ts'

/** How long a small request may take, answer included. */
const DEADLINE_MS = 8_000

export type S3Request = {
  method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE'
  key: string
  query?: Record<string, string>
  /** Headers of Amazon's own, which are signed. */
  amz?: Record<`x-amz-${string}`, string>
  /** Headers that somebody on the way may change, so no signature covers them. */
  headers?: Record<string, string>
  body?: Uint8Array<ArrayBuffer> | undefined
  /** Milliseconds until the answer must be there. */
  ms?: number
  signal?: AbortSignal
}

export type S3Answer = { status: number; headers: Headers; text: string }

export type S3Client = {
  /** One request and its whole answer, whatever its status. @throws VendorDown when there is none in time */
  ask(request: S3Request): Promise<S3Answer>
  /** One request whose file is read as it comes; its beginning, or all of a refusal, must be there in time. @throws VendorDown when it is not */
  open(request: S3Request): Promise<Response>
  /** An address that answers this GET to whoever has it, for so many seconds. */
  presign(ask: Presigned): Promise<string>
}

type Presigned = { key: string; query: Record<string, string>; seconds: number }
type Means = S3Settings & { fetch?: typeof fetch; now?: () => Date }

/** Signed requests to one bucket (AWS Signature Version 4). */
export function createS3Client({ fetch = globalThis.fetch, now = () => new Date(), ...settings }: Means): S3Client {
  const send = async <Result>(request: S3Request, consume: (response: Response) => Promise<Result>) => {
    const { url, headers } = await sign(settings, { request, now: now() })
    return inTime(request, async (signal) => {
      const { method, body = null } = request
      return consume(await fetch(url, { method, headers, body, redirect: 'manual', signal }))
    })
  }
  return {
    ask: (request) =>
      send(request, async (response) => {
        const { status, headers } = response
        return { status, headers, text: await response.text() }
      }),
    open: (request) => send(request, async (response) => (response.ok ? response : wholeRefusal(response))),
    presign: (ask) => presign(settings, { ...ask, now: now() }),
  }
}

/** Read while the clock still runs: nobody would wait for the end of a reason. */
async function wholeRefusal(response: Response): Promise<Response> {
  return new Response((await response.text()) || null, { status: response.status, headers: response.headers })
}

async function sign(settings: S3Settings, { request, now }: { request: S3Request; now: Date }) {
  const { method, key, query = {}, amz = {}, body } = request
  const address = addressIn(settings, key)
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value)
  // The service compares: bytes that were damaged on the way are refused.
  const sha256 = createHash('sha256')
    .update(body ?? '')
    .digest('hex')
  const signer = signerOf(settings, { method, address, now, headers: { ...amz, 'x-amz-content-sha256': sha256 } })
  const { url, headers } = await signer.sign()
  // A service that compressed the file would not tell its size any more.
  headers.set('accept-encoding', 'identity')
  for (const [name, value] of Object.entries(request.headers ?? {})) headers.set(name, value)
  return { url, headers }
}

async function presign(settings: S3Settings, { key, query, seconds, now }: Presigned & { now: Date }): Promise<string> {
  const address = addressIn(settings, key)
  address.searchParams.set('X-Amz-Expires', String(seconds))
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value)
  const { url } = await signerOf(settings, { method: 'GET', address, now, signQuery: true }).sign()
  return strict(url).href
}

type Signed = { method: string; address: URL; now: Date; headers?: Record<string, string>; signQuery?: boolean }

function signerOf(
  { accessKeyId, secretAccessKey, region }: S3Settings,
  { address, now, ...rest }: Signed,
): AwsV4Signer {
  const datetime = now.toISOString().replace(/[:-]|\.\d{3}/g, '')
  return new AwsV4Signer({ url: address.href, datetime, service: 's3', region, accessKeyId, secretAccessKey, ...rest })
}

/** A space as `%20`, never as `+`, which only some services read as one. */
function strict(url: URL): URL {
  const encode = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  url.search = [...url.searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
  return url
}

/** @throws VendorDown, or the reason of the request's own signal */
async function inTime<Result>(
  { ms = DEADLINE_MS, signal }: S3Request,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(new Error(`no answer within ${ms} ms`)), ms)
  try {
    return await work(signal ? AbortSignal.any([late.signal, signal]) : late.signal)
  } catch (error) {
    signal?.throwIfAborted()
    throw new VendorDown('storage', 'The file store does not answer.', { cause: error })
  } finally {
    clearTimeout(timer)
  }
}
