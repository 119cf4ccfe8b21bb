import { describe, expect, it } from 'vitest'
import { failureOf } from '../../adapters/s3-errors.ts'
import { textIn } from '../../adapters/s3-xml.ts'
import { Misconfigured, VendorDown, VendorRefused } from '../../shop/errors.ts'

describe('textIn', () => {
  it.each([
    ['<R><UploadId>abc</UploadId></R>', 'abc'],
    ['<R xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><UploadId>\n abc </UploadId></R>', 'abc'],
    ['<s3:R><s3:UploadId a="b">a&amp;b&quot;&#39;&#x41;&lt;</s3:UploadId></s3:R>', `a&b"'A<`],
    ['<R><UploadId>&unknown;</UploadId></R>', '&unknown;'],
    ['<R><UploadIds>abc</UploadIds></R>', undefined],
    ['<R><UploadId>abc', undefined],
    ['', undefined],
    ['upstream connect error', undefined],
  ])('reads %j', (xml, text) => {
    expect(textIn(xml, 'UploadId')).toBe(text)
  })

  it('expands nothing that a document defines', () => {
    const xml = '<!DOCTYPE R [<!ENTITY e SYSTEM "file:///etc/passwd">]><R><UploadId>&e;</UploadId></R>'
    expect(textIn(xml, 'UploadId')).toBe('&e;')
  })
})

describe('failureOf', () => {
  const failure = (status: number, code = '') =>
    failureOf({ status, text: code && `<Error><Code>${code}</Code><Message>said</Message></Error>` }, 's3:PutObject')

  it.each([
    [500, ''],
    [503, 'SlowDown'],
    [502, ''],
    [429, ''],
    [408, ''],
    [400, 'RequestTimeout'],
    [400, 'XAmzContentSHA256Mismatch'],
    [200, 'InternalError'],
  ])('takes %d %s for an outage', (status, code) => {
    expect(failure(status, code)).toBeInstanceOf(VendorDown)
  })

  it.each([
    [403, 'InvalidAccessKeyId', /FILES_S3_ACCESS_KEY_ID/],
    [403, 'SignatureDoesNotMatch', /FILES_S3_SECRET_ACCESS_KEY/],
    [403, 'AccessDenied', /needs s3:PutObject/],
    [401, '', /needs s3:PutObject/],
    [404, 'NoSuchBucket', /FILES_S3_BUCKET/],
    [301, 'PermanentRedirect', /FILES_S3_REGION/],
    [307, '', /FILES_S3_REGION/],
    [400, 'AuthorizationHeaderMalformed', /FILES_S3_REGION/],
  ])('names what to mend after %d %s', (status, code, words) => {
    expect(failure(status, code)).toBeInstanceOf(Misconfigured)
    expect(failure(status, code).message).toMatch(words)
  })

  it('keeps what the service said for the log, and from the visitor', () => {
    const refused = failure(400, 'EntityTooLarge')
    expect(refused).toBeInstanceOf(VendorRefused)
    expect([refused.message, (refused.cause as Error).message]).toEqual([
      'The file store refuses this.',
      'the bucket answered 400 EntityTooLarge said',
    ])
  })
})
