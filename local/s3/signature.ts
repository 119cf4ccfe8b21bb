import { createHash, createHmac } from 'node:crypto'

export type S3Key = { accessKeyId: string; secretAccessKey: string; region: string }

/** What a signature covers, as it came over the wire. */
export type Signed = {
  method: string
  path: string
  query: [name: string, value: string][]
  headers: [name: string, value: string][]
  payload: string
  /** `YYYYMMDDTHHMMSSZ` */
  at: string
}

/**
 * The signature of a request by the rules of "AWS Signature Version 4", worked out here from nothing but hashes, so that what signs the
 * shop's requests is held against something else than itself.
 */
export function signatureOf(request: Signed, { secretAccessKey, region }: Omit<S3Key, 'accessKeyId'>): string {
  const date = request.at.slice(0, 8)
  const scope = [date, region, 's3', 'aws4_request']
  const key = scope.reduce<string | Buffer>((made, part) => hmac(made, part).digest(), `AWS4${secretAccessKey}`)
  const text = ['AWS4-HMAC-SHA256', request.at, scope.join('/'), sha256(canonical(request))].join('\n')
  return hmac(key, text).digest('hex')
}

function canonical({ method, path, query, headers, payload }: Signed): string {
  const names = headers.map(([name]) => name).join(';')
  const lines = headers.map(([name, value]) => `${name}:${value.trim().replace(/ +/g, ' ')}`)
  const pairs = query.map((pair) => pair.map(encode).join('=')).sort()
  const places = path.split('/').map((part) => encode(decodeURIComponent(part)))
  return [method, places.join('/'), pairs.join('&'), ...lines, '', names, payload].join('\n')
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

function hmac(key: string | Buffer, text: string) {
  return createHmac('sha256', key).update(text)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
