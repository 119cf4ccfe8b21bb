import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mailTags, readMailEvent } from '../../../shop/mail/mail-event.ts'

const AT = '2026-11-23T10:00:00.000Z'
const body = (type: string, more: object = {}) => ({ type, created_at: AT, data: { email_id: 're_1', ...more } })

describe('readMailEvent', () => {
  it.each([
    ['email.delivered', {}, 'delivered'],
    ['email.complained', {}, 'complained'],
    ['email.suppressed', {}, 'bounced'],
    ['email.bounced', { bounce: { type: 'Permanent' } }, 'bounced'],
    ['email.bounced', { bounce: { type: 'Transient' } }, 'soft_bounced'],
    ['email.bounced', { bounce: { type: 'Undetermined' } }, 'soft_bounced'],
    ['email.bounced', {}, 'soft_bounced'],
  ])('reads %s %j as %s', (type, more, state) => {
    expect(readMailEvent(body(type, more))).toEqual({ resendId: 're_1', mailId: null, state, at: new Date(AT) })
  })

  it.each(['email.sent', 'email.opened', 'email.clicked', 'email.failed', 'contact.created', 'x', 7])(
    'keeps nothing of %j',
    (type) => expect(readMailEvent(body(type as string))).toBeNull(),
  )

  it('reads anything without a throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(readMailEvent(value) === null || typeof readMailEvent(value)?.resendId === 'string').toBe(true)
      }),
    )
  })
})

describe('mailTags', () => {
  it.each(['receipt:ord_0123', 'receipt:ord_0123:2', 'links_ready:ord_0123:7', 'seller_mail_returned:12:2026-11-23'])(
    'comes back from Resend as the id that it was: %s',
    (id) => {
      const [tag] = mailTags(id)
      expect(tag?.value).toMatch(/^[A-Za-z0-9_-]{1,256}$/)
      expect(readMailEvent(body('email.delivered', { tags: { [tag?.name ?? '']: tag?.value } }))?.mailId).toBe(id)
    },
  )

  it('never names another mail, whatever the id', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '1', '-', ':', '_'), minLength: 1, maxLength: 300 }), (id) => {
        const [tag] = mailTags(id)
        const event = tag && readMailEvent(body('email.delivered', { tags: { [tag.name]: tag.value } }))
        expect(event === undefined || event?.mailId === id).toBe(true)
      }),
    )
  })
})
