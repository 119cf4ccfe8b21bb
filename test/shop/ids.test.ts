import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatCode, formatId } from '../../shop/ids.ts'

const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 })

describe('formatId', () => {
  it.each([
    [0, '00000000000000000000000000'],
    [255, '7zzzzzzzzzzzzzzzzzzzzzzzzz'],
  ])('writes 16 bytes of %i as %s', (byte, text) => {
    expect(formatId('ord', new Uint8Array(16).fill(byte))).toBe(`ord_${text}`)
  })

  it.each(['prd', 'fil', 'ord', 'itm', 'cod'] as const)(
    'begins with %s and has 26 letters that nobody misreads',
    (prefix) => {
      fc.assert(
        fc.property(sixteen, (bytes) => {
          expect(formatId(prefix, bytes)).toMatch(new RegExp(`^${prefix}_[0-9a-hjkmnp-tv-z]{26}$`))
        }),
      )
    },
  )

  it('gives different bytes different ids', () => {
    fc.assert(
      fc.property(sixteen, sixteen, (one, other) => {
        expect(formatId('ord', one) === formatId('ord', other)).toBe(Buffer.compare(one, other) === 0)
      }),
    )
  })

  it('sorts like its bytes', () => {
    fc.assert(
      fc.property(sixteen, sixteen, (one, other) => {
        expect(formatId('ord', one) < formatId('ord', other)).toBe(Buffer.compare(one, other) < 0)
      }),
    )
  })

  it('repeats none of 10,000 random ids', () => {
    const ids = Array.from({ length: 10_000 }, () => formatId('itm', randomBytes(16)))
    expect(new Set(ids).size).toBe(10_000)
  })

  it.each([0, 15, 17])('refuses %i bytes', (length) => {
    expect(() => formatId('ord', new Uint8Array(length))).toThrow(TypeError)
  })
})

describe('formatCode', () => {
  it.each([
    [0, '000000'],
    [42, '000042'],
    [999_999, '999999'],
  ])('writes %i as %s', (number, code) => {
    expect(formatCode(number)).toBe(code)
  })

  it.each([-1, 1_000_000, 1.5, Number.NaN])('refuses %d', (number) => {
    expect(() => formatCode(number)).toThrow(RangeError)
  })
})
