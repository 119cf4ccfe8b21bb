import { describe, expect, it } from 'vitest'
import { chooseAnswer, type FileRequest, fileHeaders, readFileRequest } from '../../../shop/downloads/file-answer.ts'

const SHA = 'a'.repeat(64)
const OTHER = 'b'.repeat(64)
const FILE = { size_bytes: 1_000, sha256: SHA }
const PLAIN: FileRequest = { isHead: false, range: null, ifRange: null, ifMatch: null, ifNoneMatch: null }
const PART = { status: 206, range: { first: 0, last: 99 } }
const choose = (asked: Partial<FileRequest>) => chooseAnswer({ ...PLAIN, ...asked }, FILE)
const range = 'bytes=0-99'

describe('chooseAnswer', () => {
  it.each<[string, Partial<FileRequest>, object]>([
    ['nothing special', {}, { status: 200 }],
    ['a range', { range }, PART],
    ['a range beyond the end', { range: 'bytes=1000-' }, { status: 416 }],
    ['several ranges', { range: 'bytes=0-1,5-6' }, { status: 200 }],
    ['HEAD, for which ranges mean nothing', { isHead: true, range }, { status: 200 }],
    ['D11 If-Range with our ETag', { range, ifRange: `"${SHA}"` }, PART],
    ['D11 If-Range with another ETag', { range, ifRange: `"${OTHER}"` }, { status: 200 }],
    ['D11 If-Range with a weak ETag', { range, ifRange: `W/"${SHA}"` }, { status: 200 }],
    ['D11 If-Range with a date', { range, ifRange: 'Mon, 23 Nov 2026 10:00:00 GMT' }, { status: 200 }],
    ['D11 If-Range with an ETag, and a range beyond', { range: 'bytes=1000-', ifRange: `"${OTHER}"` }, { status: 200 }],
    ['D11 If-None-Match with our ETag', { ifNoneMatch: `"${SHA}"` }, { status: 304 }],
    ['D11 If-None-Match in a list', { ifNoneMatch: `"x", W/"${SHA}"` }, { status: 304 }],
    ['D11 If-None-Match with a star', { ifNoneMatch: '*' }, { status: 304 }],
    ['D11 If-None-Match with another ETag', { ifNoneMatch: `"${OTHER}"` }, { status: 200 }],
    ['D11 If-None-Match without quotes', { ifNoneMatch: SHA }, { status: 200 }],
    ['If-None-Match before a range', { range, ifNoneMatch: `"${SHA}"` }, { status: 304 }],
    ['If-None-Match on HEAD', { isHead: true, ifNoneMatch: `"${SHA}"` }, { status: 304 }],
    ['If-Match with our ETag', { range, ifMatch: `"${SHA}"` }, PART],
    ['If-Match with a star', { ifMatch: '*' }, { status: 200 }],
    ['If-Match with another ETag', { range, ifMatch: `"${OTHER}"` }, { status: 412 }],
    ['If-Match with a weak ETag', { ifMatch: `W/"${SHA}"` }, { status: 412 }],
  ])('answers %s', (_what, asked, expected) => {
    expect(choose(asked)).toEqual(expected)
  })
})

describe('fileHeaders', () => {
  const always = { 'accept-ranges': 'bytes', etag: `"${SHA}"` }

  it('says how long an answer is, and which part of what', () => {
    expect(fileHeaders({ status: 200 }, FILE)).toEqual({ ...always, 'content-length': '1000' })
    expect(fileHeaders({ status: 206, range: { first: 900, last: 999 } }, FILE)).toEqual({
      ...always,
      'content-length': '100',
      'content-range': 'bytes 900-999/1000',
    })
    expect(fileHeaders({ status: 416 }, FILE)).toEqual({ ...always, 'content-range': 'bytes */1000' })
    expect(fileHeaders({ status: 304 }, FILE)).toEqual(always)
    expect(fileHeaders({ status: 412 }, FILE)).toEqual(always)
  })
})

describe('readFileRequest', () => {
  it('takes the headers as they came', () => {
    const headers = { range: 'bytes=1-2', 'if-range': '"a"', 'if-match': '"b"', 'if-none-match': '"c"' }
    expect(readFileRequest(new Request('http://x', { method: 'HEAD', headers }))).toEqual({
      isHead: true,
      range: 'bytes=1-2',
      ifRange: '"a"',
      ifMatch: '"b"',
      ifNoneMatch: '"c"',
    })
    expect(readFileRequest(new Request('http://x'))).toEqual(PLAIN)
  })
})
