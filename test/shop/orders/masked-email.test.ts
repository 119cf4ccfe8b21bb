import { describe, expect, it } from 'vitest'
import { maskEmail } from '../../../shop/orders/masked-email.ts'

describe('maskEmail', () => {
  it.each([
    ['mara@example.com', 'm•••@e•••.com'],
    ['m@example.co.uk', 'm•••@e•••.uk'],
    ['😀smile@bücher.example', '😀•••@b•••.example'],
  ])('%s is %s', (address, masked) => expect(maskEmail(address)).toBe(masked))

  it('says nothing about the length', () => {
    expect(maskEmail('ab@cd.org')).toBe(maskEmail(`a${'b'.repeat(60)}@c${'d'.repeat(60)}.org`))
  })
})
