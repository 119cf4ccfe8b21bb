import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import type { RawRequest } from './authenticate.ts'
import { S3Error } from './s3-error.ts'

/** A request to the bucket service. */
export type S3Request = RawRequest & { bucket: string; key: string; body: Readable; params: URLSearchParams }

type Context = { basePath: string; now: Date }

/** Reads what was sent as it was sent: a signature covers the very bytes. The bucket stands in the host, or first in the path. */
export function readRequest(incoming: IncomingMessage, { basePath, now }: Context): S3Request {
  const [path = '', search = ''] = (incoming.url ?? '').split(/\?(.*)/s)
  const query = search.split('&').flatMap((pair): [string, string][] => {
    const [name = '', value = ''] = pair.split(/=(.*)/s)
    return name ? [[decoded(name), decoded(value)]] : []
  })
  const { headers, method = 'GET' } = incoming
  const inside = decoded(path.slice(basePath.length + 1))
  const ofHost = /^(.+)\.localhost(?::\d+)?$/.exec(headers.host ?? '')?.[1]
  const [bucket = '', key = ''] = ofHost ? [ofHost, inside] : inside.split(/\/(.*)/s)
  return {
    method,
    path,
    query,
    headers,
    now,
    bucket,
    key,
    body: incoming,
    params: new URLSearchParams(query),
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) throw new S3Error(400, 'InvalidURI', "Couldn't parse the specified URI.")
    throw error
  }
}
