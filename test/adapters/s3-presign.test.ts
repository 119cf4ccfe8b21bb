import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createS3Files } from '../../adapters/s3.ts'
import { createS3Client } from '../../adapters/s3-client.ts'

/** The example of AWS's documentation, "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)". */
const EXAMPLE = {
  endpoint: 'https://s3.amazonaws.com',
  bucket: 'examplebucket',
  style: 'virtual' as const,
  region: 'us-east-1',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  now: () => new Date('2013-05-24T00:00:00Z'),
}

describe('a presigned link', () => {
  it('has the signature of the published example', async () => {
    const link = await createS3Client(EXAMPLE).presign({ key: 'test.txt', query: {}, seconds: 86_400 })
    expect(link.split('?')[0]).toBe('https://examplebucket.s3.amazonaws.com/test.txt')
    expect(Object.fromEntries(new URL(link).searchParams)).toEqual({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request',
      'X-Amz-Date': '20130524T000000Z',
      'X-Amz-Expires': '86400',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Signature': 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    })
  })

  it.each(['path', 'virtual'] as const)(
    'in %s style has the signature that the specification asks for, whatever the name',
    async (style) => {
      await fc.assert(
        fc.asyncProperty(
          fc.string({ unit: 'binary', maxLength: 60 }),
          fc.integer({ min: 1, max: 604_800 }),
          async (filename, seconds) => {
            const settings = { ...EXAMPLE, endpoint: 'https://files.example.com:9000/s3', style }
            const files = createS3Files({ ...settings, pause: () => Promise.resolve() })
            const link = new URL((await files.link('files/0a', { filename, seconds })) ?? '')
            expect(link.search).not.toContain('+')
            expect(link.searchParams.get('X-Amz-Signature')).toBe(signatureOf(link))
            expect(link.searchParams.get('response-content-type')).toBe('application/octet-stream')
            expect(link.searchParams.get('response-content-disposition')).toMatch(
              /^attachment; filename="[\x20-\x7e]*"; filename\*=/,
            )
          },
        ),
        { numRuns: 200 },
      )
    },
  )

  it('never lets a key out of the bucket', async () => {
    const files = createS3Files({ ...EXAMPLE, pause: () => Promise.resolve() })
    for (const key of ['', '../other', 'a/../../b', '/a', 'a?x=1', 'a b', 'a//b'])
      await expect(files.link(key, { filename: 'a', seconds: 60 })).rejects.toBeInstanceOf(TypeError)
  })
})

/** The signature of a presigned GET, worked out from the address alone by the rules of the specification. */
function signatureOf({ host, pathname, searchParams }: URL): string {
  const pairs = [...searchParams].filter(([name]) => name !== 'X-Amz-Signature')
  const query = pairs.map((pair) => pair.map(encode).join('=')).sort()
  const request = ['GET', pathname, query.join('&'), `host:${host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n')
  const sha256 = createHash('sha256').update(request).digest('hex')
  const date = searchParams.get('X-Amz-Date') ?? ''
  const scope = [date.slice(0, 8), EXAMPLE.region, 's3', 'aws4_request']
  const key = scope.reduce<string | Buffer>(
    (made, part) => createHmac('sha256', made).update(part).digest(),
    `AWS4${EXAMPLE.secretAccessKey}`,
  )
  return createHmac('sha256', key)
    .update(['AWS4-HMAC-SHA256', date, scope.join('/'), sha256].join('\n'))
    .digest('hex')
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}
