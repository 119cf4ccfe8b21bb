import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentDisposition } from '../../adapters/content-disposition.ts'

const parts = (header: string) =>
  /^attachment; filename="([^"\\]*)"; filename\*=UTF-8''([\w!#$&+.^`|~%-]*)$/.exec(header)

describe('contentDisposition', () => {
  it.each([
    ['book.pdf', 'book.pdf', 'book.pdf'],
    ['Größe – 1.pdf', 'Gro__e _ 1.pdf', 'Gr%C3%B6%C3%9Fe%20%E2%80%93%201.pdf'],
    ['"; filename=evil.html', '_; filename=evil.html', '%22%3B%20filename%3Devil.html'],
    ['a\r\nset-cookie: x=1', 'a__set-cookie: x=1', 'a%0D%0Aset-cookie%3A%20x%3D1'],
    ["it's (1) *new*.zip", "it's (1) *new*.zip", 'it%27s%20%281%29%20%2Anew%2A.zip'],
    ['100%.pdf', '100_.pdf', '100%25.pdf'],
    ['名前.pdf', '__.pdf', '%E5%90%8D%E5%89%8D.pdf'],
    ['😀.pdf', '__.pdf', '%F0%9F%98%80.pdf'],
  ])('writes %j', (filename, ascii, encoded) => {
    expect(contentDisposition(filename)).toBe(`attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`)
  })

  it('is a header that any name fits into, and from which the name comes back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (filename) => {
        const header = contentDisposition(filename)
        expect(new Headers({ 'content-disposition': header }).get('content-disposition')).toBe(header)
        const [, ascii, encoded] = parts(header) ?? []
        expect(ascii).toMatch(/^[\x20-\x7e]*$/)
        expect(decodeURIComponent(encoded ?? '')).toBe(filename)
      }),
    )
  })

  it.each(['\ud800', 'a\udfff.pdf', '\ud800\ud800'])('does not throw for half a character: %j', (filename) => {
    const header = contentDisposition(filename)
    expect(parts(header)).not.toBeNull()
    expect(() => new Headers({ 'content-disposition': header })).not.toThrow()
  })
})
