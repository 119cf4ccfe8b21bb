import { expect, it } from 'vitest'
import { writeAccessCode } from '../../../shop/mail/access-code.ts'
import { layOutEmail } from '../../../shop/mail/lay-out-email.ts'
import { SURROUNDINGS } from './receipt-order.ts'

it('makes one line of a subject, whatever a title holds, and no longer than mailboxes show', () => {
  const { shop } = SURROUNDINGS
  const content = { ...writeAccessCode('012345', SURROUNDINGS), subject: `a\r\nbcc: x@example.com\0${'é'.repeat(300)}` }
  const { subject } = layOutEmail(shop, 'a@example.com', content)
  expect(subject).toMatch(/^a bcc: x@example\.com é+$/)
  expect(Array.from(subject)).toHaveLength(200)
})
