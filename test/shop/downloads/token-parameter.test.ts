import { describe, expect, it } from 'vitest'
import { readToken } from '../../../shop/downloads/token-parameter.ts'
import { InvalidInput } from '../../../shop/errors.ts'

describe('readToken', () => {
  it.each([
    ['token=a.b.c', 'a.b.c'],
    ['x=1&token=a.b.c&y=2', 'a.b.c'],
    [`token=${'x'.repeat(4096)}`, 'x'.repeat(4096)],
  ])('reads %s', (query, token) => {
    expect(readToken(new URLSearchParams(query))).toBe(token)
  })

  it.each([
    ['none', ''],
    ['an empty one', 'token='],
    ['another name', 'Token=a.b.c'],
    ['two', 'token=a.b.c&token=a.b.c'],
    ['one and an empty one', 'token=a.b.c&token='],
    ['more than 4 KB', `token=${'x'.repeat(4097)}`],
  ])('refuses %s', (_what, query) => {
    expect(() => readToken(new URLSearchParams(query))).toThrow(InvalidInput)
  })
})
