import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { authenticate } from '../../../local/s3/authenticate.ts'
import { S3Error } from '../../../local/s3/s3-error.ts'
import { signatureOf } from '../../../local/s3/signature.ts'

/** The examples of AWS's documentation: "Signature Calculations for the Authorization Header", and for query parameters. */
const KEY = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
}
const AT = '20130524T000000Z'
const HOST = 'examplebucket.s3.amazonaws.com'
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const EMPTY = sha256('')
const WELCOME = sha256('Welcome to Amazon S3.')

type Example = [
  what: string,
  line: [method: string, path: string],
  query: [string, string][],
  headers: Record<string, string>,
  payload: string,
  signature: string,
]
const EXAMPLES: Example[] = [
  [
    'a GET of a part',
    ['GET', '/test.txt'],
    [],
    { host: HOST, range: 'bytes=0-9', 'x-amz-content-sha256': EMPTY, 'x-amz-date': AT },
    EMPTY,
    'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  ],
  [
    'a PUT',
    ['PUT', '/test$file.text'],
    [],
    {
      date: 'Fri, 24 May 2013 00:00:00 GMT',
      host: HOST,
      'x-amz-content-sha256': WELCOME,
      'x-amz-date': AT,
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    },
    WELCOME,
    '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  ],
  [
    'a GET with a parameter of no value',
    ['GET', '/'],
    [['lifecycle', '']],
    { host: HOST, 'x-amz-content-sha256': EMPTY, 'x-amz-date': AT },
    EMPTY,
    'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  ],
  [
    'a list',
    ['GET', '/'],
    [
      ['max-keys', '2'],
      ['prefix', 'J'],
    ],
    { host: HOST, 'x-amz-content-sha256': EMPTY, 'x-amz-date': AT },
    EMPTY,
    '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  ],
]

describe('the local bucket reads signatures as AWS writes them', () => {
  it.each(EXAMPLES)('%s', (_what, [method, path], query, headers, payload, signature) => {
    expect(signatureOf({ method, path, query, headers: Object.entries(headers), payload, at: AT }, KEY)).toBe(signature)
    const names = Object.keys(headers).join(';')
    const credential = `${KEY.accessKeyId}/20130524/us-east-1/s3/aws4_request`
    const authorization = `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=${names},Signature=${signature}`
    const request = {
      method,
      path,
      query,
      headers: { ...headers, authorization },
      now: new Date('2013-05-24T00:10:00Z'),
    }
    expect(authenticate(request, KEY)).toBe(payload)
  })
})

describe('the local bucket lets nobody in', () => {
  const [, , , headers] = EXAMPLES[0] ?? []
  const authorization = `AWS4-HMAC-SHA256 Credential=${KEY.accessKeyId}/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=${EXAMPLES[0]?.[5]}`
  const good = {
    method: 'GET',
    path: '/test.txt',
    query: [] as [string, string][],
    now: new Date('2013-05-24T00:00:00Z'),
  }
  const withHeaders = (changes: Record<string, string | undefined>) => ({
    ...good,
    headers: { ...headers, authorization, ...changes },
  })
  const codeOf = (request: Parameters<typeof authenticate>[0]) => {
    try {
      return authenticate(request, KEY)
    } catch (error) {
      if (error instanceof S3Error) return error.code
      throw error
    }
  }

  it.each([
    ['whose request is another', { ...withHeaders({}), path: '/test2.txt' }, 'SignatureDoesNotMatch'],
    ['whose method is another', { ...withHeaders({}), method: 'DELETE' }, 'SignatureDoesNotMatch'],
    ['whose part is another', withHeaders({ range: 'bytes=0-99' }), 'SignatureDoesNotMatch'],
    ['who adds a header that counts', withHeaders({ 'x-amz-acl': 'public-read' }), 'AccessDenied'],
    ['who does not sign', withHeaders({ authorization: undefined }), 'AccessDenied'],
    [
      'who signs by halves',
      withHeaders({ authorization: 'AWS4-HMAC-SHA256 Credential=x' }),
      'AuthorizationHeaderMalformed',
    ],
    ['who says nothing of the body', withHeaders({ 'x-amz-content-sha256': undefined }), 'InvalidRequest'],
    ['who is late', { ...withHeaders({}), now: new Date('2013-05-24T00:15:01Z') }, 'RequestTimeTooSkewed'],
    ['who is early', { ...withHeaders({}), now: new Date('2013-05-23T23:44:59Z') }, 'RequestTimeTooSkewed'],
    ['whose time is no time', withHeaders({ 'x-amz-date': 'yesterday' }), 'RequestTimeTooSkewed'],
    [
      'whose key is unknown',
      withHeaders({ authorization: authorization.replace('AKIA', 'AKIB') }),
      'InvalidAccessKeyId',
    ],
    [
      'whose region is another',
      withHeaders({ authorization: authorization.replace('us-east-1', 'us-east-2') }),
      'AuthorizationHeaderMalformed',
    ],
  ])('%s', (_who, request, code) => {
    expect(codeOf(request)).toBe(code)
    expect(codeOf(withHeaders({}))).toBe(EMPTY)
  })
})
