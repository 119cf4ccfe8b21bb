import { timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { S3Error } from './s3-error.ts'
import { type S3Key, type Signed, signatureOf } from './signature.ts'

/** A request as it came over the wire. */
export type RawRequest = {
  method: string
  path: string
  query: [name: string, value: string][]
  headers: IncomingHttpHeaders
  now: Date
}

type Claim = { credential: string; names: string; signature: string; at: string; payload: string }

const SKEW_MS = 15 * 60_000
const LONGEST_S = 604_800

/**
 * Checks who signed a request, in its headers or in its address, and gives the SHA-256 that its body must have, or `UNSIGNED-PAYLOAD`.
 * @throws S3Error as S3 answers each kind of mistake
 */
export function authenticate(request: RawRequest, key: S3Key): string {
  const isPresigned = request.query.some(([name]) => name === 'X-Amz-Signature')
  const claim = isPresigned ? claimOfAddress(request) : claimOfHeaders(request)
  checkCredential(claim, key)
  const signed: Signed = {
    method: request.method,
    path: request.path,
    query: request.query.filter(([name]) => name !== 'X-Amz-Signature'),
    headers: signedHeaders(request, claim.names),
    payload: claim.payload,
    at: claim.at,
  }
  if (!timingSafeEqual(Buffer.from(claim.signature), Buffer.from(signatureOf(signed, key))))
    throw new S3Error(
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided.',
    )
  return claim.payload
}

function claimOfHeaders({ headers, now }: RawRequest): Claim {
  const form = /^AWS4-HMAC-SHA256 Credential=([^,\s]+), ?SignedHeaders=([^,\s]+), ?Signature=([0-9a-f]{64})$/
  if (headers.authorization === undefined) throw new S3Error(403, 'AccessDenied', 'Access Denied')
  const [, credential, names, signature] = form.exec(headers.authorization) ?? []
  if (!credential || !names || !signature)
    throw new S3Error(400, 'AuthorizationHeaderMalformed', 'The authorization header is malformed.')
  const [at, payload] = [String(headers['x-amz-date']), headers['x-amz-content-sha256']]
  if (typeof payload !== 'string')
    throw new S3Error(400, 'InvalidRequest', 'Missing required header for this request: x-amz-content-sha256')
  if (!(Math.abs(now.getTime() - timeOf(at)) <= SKEW_MS))
    throw new S3Error(
      403,
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
    )
  return { credential, names, signature, at, payload }
}

function claimOfAddress({ query, now }: RawRequest): Claim {
  const of = (name: string) => query.find(([one]) => one === name)?.[1] ?? ''
  const [credential, names, signature, at] = ['Credential', 'SignedHeaders', 'Signature', 'Date'].map((name) =>
    of(`X-Amz-${name}`),
  )
  const seconds = Number(of('X-Amz-Expires'))
  const isWhole =
    of('X-Amz-Algorithm') === 'AWS4-HMAC-SHA256' && credential && names && at && /^[0-9a-f]{64}$/.test(signature ?? '')
  if (!isWhole || !signature || !Number.isInteger(seconds) || seconds < 1 || seconds > LONGEST_S)
    throw new S3Error(400, 'AuthorizationQueryParametersError', 'Query-string authentication is malformed.')
  const start = timeOf(at)
  if (!(start - now.getTime() <= SKEW_MS)) throw new S3Error(403, 'AccessDenied', 'Request is not valid yet')
  if (!(now.getTime() <= start + seconds * 1000)) throw new S3Error(403, 'AccessDenied', 'Request has expired')
  return { credential, names, signature, at, payload: 'UNSIGNED-PAYLOAD' }
}

function checkCredential({ credential, at }: Claim, { accessKeyId, region }: S3Key): void {
  const [id, date, place, service, end] = credential.split('/')
  if (id !== accessKeyId)
    throw new S3Error(403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.')
  if (place !== region)
    throw new S3Error(400, 'AuthorizationHeaderMalformed', `the region '${place}' is wrong; expecting '${region}'`)
  if (service !== 's3' || end !== 'aws4_request' || date !== at.slice(0, 8))
    throw new S3Error(403, 'SignatureDoesNotMatch', 'The scope of the credential is wrong.')
}

/** The headers that the signature covers. Those that change what a request means must be among them. */
function signedHeaders({ headers }: RawRequest, names: string): [string, string][] {
  const listed = names.split(';')
  const isBare = Object.keys(headers).some((name) => name.startsWith('x-amz-') && !listed.includes(name))
  if (isBare || !listed.includes('host'))
    throw new S3Error(403, 'AccessDenied', 'There were headers present in the request which were not signed')
  return listed.map((name) => [name, String(headers[name] ?? '')])
}

function timeOf(at: string): number {
  const [, date, hour, minute, second] = /^(\d{8})T(\d{2})(\d{2})(\d{2})Z$/.exec(at) ?? []
  if (!date) return Number.NaN
  return Date.parse(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T${hour}:${minute}:${second}Z`)
}
