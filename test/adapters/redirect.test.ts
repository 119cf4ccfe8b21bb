import { describe, expect, it } from 'vitest'
import { redirect } from '../../adapters/redirect.ts'

describe('redirect', () => {
  it.each([301, 302, 303] as const)('answers %i with the address, more headers, and nothing else', async (status) => {
    const answer = redirect(status, 'https://shop.example.com/store/?a=1', { 'x-robots-tag': 'noindex' })
    expect([answer.status, Object.fromEntries(answer.headers), await answer.text()]).toEqual([
      status,
      { location: 'https://shop.example.com/store/?a=1', 'x-robots-tag': 'noindex' },
      '',
    ])
  })

  it('writes an address as browsers read it, so that no line break and no backslash is left', () => {
    expect(redirect(303, 'https://pay.example/\\a\r\nb').headers.get('location')).toBe('https://pay.example//ab')
    expect(redirect(303, 'https://pay.example').headers.get('location')).toBe('https://pay.example/')
  })

  it.each(['/store/', '//evil.example', 'store', ''])('takes whole addresses only: %j', (location) => {
    expect(() => redirect(303, location)).toThrow(TypeError)
  })
})
