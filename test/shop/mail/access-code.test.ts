import { describe, expect, it } from 'vitest'
import { writeAccessCode } from '../../../shop/mail/access-code.ts'
import { layOutEmail } from '../../../shop/mail/lay-out-email.ts'
import { SURROUNDINGS } from './receipt-order.ts'

const content = writeAccessCode('012345', SURROUNDINGS)

describe('writeAccessCode', () => {
  it('says the code in the mail, and not where a mailbox shows it to whoever stands by', () => {
    expect(content.heading).toBe('Your code is 012345')
    expect(`${content.subject} ${content.preview}`).not.toContain('012345')
  })

  it('says how long it is valid, and what to do if somebody else has asked for it', () => {
    const text = content.paragraphs.join(' ')
    expect(text).toContain('valid for 10 minutes')
    expect(text).toContain('If you did not ask')
    expect(text).toContain('give it to nobody')
  })

  it('has nothing to click on but the shop and a person to ask', () => {
    const { text } = layOutEmail(SURROUNDINGS.shop, 'a@example.com', content)
    expect(content.action).toBeNull()
    expect(text.match(/https?:\/\/\S+/g)).toEqual(['https://shop.example'])
    expect(text).toContain('help@shop.example')
  })
})
