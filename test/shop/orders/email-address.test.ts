import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mailableEmail, normalEmail } from '../../../shop/orders/email-address.ts'

describe('normalEmail', () => {
  it('trims and lowers, and keeps dots and plus signs', () => {
    expect(normalEmail(' Ada.B+x@Example.COM\n')).toBe('ada.b+x@example.com')
  })

  it('makes no address out of one that only looks like it', () => {
    for (let point = 0x80; point <= 0x10ffff; point++) {
      const normal = normalEmail(`a${String.fromCodePoint(point)}b`)
      if (/^[\0-\x7f]*$/.test(normal)) expect.fail(`U+${point.toString(16)} becomes ${normal}`)
    }
  })
})

describe('mailableEmail', () => {
  it.each([
    ['buyer@example.com', 'buyer@example.com'],
    [' Buyer@Example.COM ', 'buyer@example.com'],
    ["o'neil+tag@sub.example.co.uk", "o'neil+tag@sub.example.co.uk"],
    ['jörg@büro.example', 'jörg@büro.example'],
    [`${'a'.repeat(242)}@example.com`, `${'a'.repeat(242)}@example.com`],
  ])('takes %j', (given, expected) => {
    expect(mailableEmail(given)).toBe(expected)
  })

  it.each([
    null,
    '',
    '   ',
    'buyer',
    'buyer@',
    '@example.com',
    'buyer@localhost',
    'a@b@example.com',
    'a@example.com, b@example.com',
    'a@example.com;b@example.com',
    'Ada <a@example.com>',
    '<a@example.com>',
    'a@example.com\r\nBcc: all@example.com',
    'a\r\n@example.com',
    'a b@example.com',
    '"a"@example.com',
    'a@[127.0.0.1]',
    `${'a'.repeat(243)}@example.com`,
    `${'a'.repeat(300)}@example.com`,
  ])('refuses %j', (given) => {
    expect(mailableEmail(given)).toBeNull()
  })

  it('never lets a line break, a comma or an angle bracket through', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'a@.,;<>"\r\n\t ') }), (given) => {
        expect(mailableEmail(given) ?? '').not.toMatch(/[\s,;<>"]/)
      }),
    )
  })
})
