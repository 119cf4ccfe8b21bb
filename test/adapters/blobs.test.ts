import { describe, expect, it } from 'vitest'
import { checkedKey } from '../../adapters/checked-key.ts'
import { withinDeadline } from '../../adapters/within-deadline.ts'
import { VendorDown } from '../../shop/errors.ts'

const TRAVERSALS = [
  ...['', '.', '..', '/', '//', './', '../', '../x', '../../x', 'a/..', 'a/../b', 'a/../../b', '..a', 'a..', 'a..b'],
  ...[
    '/a',
    'a/',
    'a//b',
    '/../a',
    'a/./../b',
    'a/./b',
    'a/.',
    './a',
    '..\\x',
    'a\\..\\b',
    '\\a',
    'C:\\a',
    '%2e%2e/x',
    '%2e%2e%2fx',
    '..%2fx',
  ],
  ...[
    '%252e%252e/x',
    'a%00b',
    'a\0b',
    'a?b',
    'a?',
    '#a',
    'a#b',
    'a b',
    ' a',
    'a ',
    'a\n',
    'a\r\nb',
    'ä',
    '\u2024\u2024/x',
  ],
  ...['．．/x', 'a;b', 'a:b', 'a@b', 'a&b', 'a=b', 'a*', 'https://evil.example/x', 'a\u202eb'],
]

describe('checkedKey', () => {
  it.each(['a', 'files/9f86d081', 'a.b-c_D/0', 'a'.repeat(600), `files/${'0'.repeat(64)}`])('takes %j', (key) => {
    expect(checkedKey(key)).toBe(key)
  })

  it.each(TRAVERSALS)('refuses %j', (key) => {
    expect(() => checkedKey(key)).toThrow(TypeError)
  })
})

describe('withinDeadline', () => {
  it('hands on what came in time', async () => {
    expect(await withinDeadline(1_000, async () => 'bytes')).toBe('bytes')
    expect(await withinDeadline(1_000, async () => null)).toBeNull()
  })

  it('calls a store that hangs down', async () => {
    const hanging = withinDeadline(10, () => new Promise<never>(() => undefined))
    await expect(hanging).rejects.toMatchObject({ name: 'VendorDown', vendor: 'storage', status: 503 })
  })

  it('calls a store that fails down, and keeps the reason for the log', async () => {
    const cause = new Error('503')
    const failing = withinDeadline(1_000, () => Promise.reject(cause))
    await expect(failing).rejects.toBeInstanceOf(VendorDown)
    await expect(failing).rejects.toMatchObject({ cause })
  })
})
