import { describe, expect, it } from 'vitest'
import { contentTypeOf } from '../../../shop/catalogue/content-type.ts'

describe('contentTypeOf', () => {
  it.each([
    ['book.pdf', 'application/pdf'],
    ['BOOK.PDF', 'application/pdf'],
    ['pack.tar.gz', 'application/gzip'],
    ['readme', 'application/octet-stream'],
    ['pdf', 'application/octet-stream'],
    ['odd.constructor', 'application/octet-stream'],
    ['odd.', 'application/octet-stream'],
  ])('%s is %s', (filename, type) => {
    expect(contentTypeOf(filename)).toBe(type)
  })
})
