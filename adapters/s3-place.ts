export type S3Style = 'path' | 'virtual'

/** Where a bucket is. `endpoint` has no slash at its end. */
export type S3Place = { endpoint: string; bucket: string; style: S3Style }

/** The region that a service's address names: `s3.<region>.…`; `auto` for Cloudflare R2; else `us-east-1`, which MinIO takes by default. */
export function regionOf(endpoint: string): string {
  const { hostname } = new URL(endpoint)
  if (hostname.endsWith('.r2.cloudflarestorage.com')) return 'auto'
  return /^s3[.-](?:dualstack\.)?([a-z]{2}(?:-[a-z]+)+(?:-\d+)?)\./.exec(hostname)?.[1] ?? 'us-east-1'
}

/**
 * Amazon wants the bucket in the host; the other services take it in the path, and MinIO nowhere else. A name with a dot stays in the
 * path everywhere, since no certificate covers it as a host.
 */
export function styleOf({ endpoint, bucket }: Omit<S3Place, 'style'>): S3Style {
  return new URL(endpoint).hostname.endsWith('.amazonaws.com') && !bucket.includes('.') ? 'virtual' : 'path'
}

/** The address of a file in the bucket; `key` is one that `checkedKey` lets pass. */
export function addressIn({ endpoint, bucket, style }: S3Place, key: string): URL {
  if (style === 'path') return new URL(`${endpoint}/${bucket}/${key}`)
  const address = new URL(`${endpoint}/${key}`)
  address.hostname = `${bucket}.${address.hostname}`
  return address
}

/** Why the bucket cannot stand in the host of this place; null when it can, or need not. */
export function hostFaultOf(place: S3Place): { in: 'FILES_S3_ENDPOINT' | 'FILES_S3_STYLE'; why: string } | null {
  const { endpoint, bucket, style } = place
  const { hostname } = new URL(endpoint)
  if (style === 'path') return null
  if (hostname.startsWith(`${bucket}.`))
    return { in: 'FILES_S3_ENDPOINT', why: 'names the bucket already: leave it out' }
  // An address in numbers takes no bucket in front of it, and a host has no capitals: the request would go somewhere else without a word.
  if (addressIn(place, '').hostname === `${bucket}.${hostname}`) return null
  return { in: 'FILES_S3_STYLE', why: 'must be `path` for this endpoint and this bucket' }
}
