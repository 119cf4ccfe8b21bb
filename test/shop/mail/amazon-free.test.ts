import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findAmazonAddresses } from '../../../shop/affiliates/amazon-link.ts'
import { layOutEmail } from '../../../shop/mail/lay-out-email.ts'
import type { MailContent } from '../../../shop/mail/mail-layout.ts'
import { receiptOrder, SURROUNDINGS } from './receipt-order.ts'

const FOLDER = new URL('../../../shop/mail/', import.meta.url)
const order = {
  ...receiptOrder(),
  email: 'buyer@example.com',
  stripe_session_id: 'cs_test_1',
  stripe_payment_intent_id: 'pi_1',
  livemode: true,
  review_reason: 'one line more',
  refunds: [{ stripe_refund_id: 're_1', amount: 100, status: 'succeeded' }],
  disputes: [{ stripe_dispute_id: 'du_1', amount: 1900, status: 'lost', reason: 'fraudulent' }],
}
const payload = { stripe_refund_id: 're_1', stripe_dispute_id: 'du_1', job_id: 'mail:x', job_kind: 'send_email' }
/** Whatever a writer of mails takes. */
const subject = { ...order, ...payload, ...SURROUNDINGS, order, payload, code: '123456' }

type Writer = (subject: object, surroundings: object) => MailContent

/** Every writer of mails, found by its name, so that a new one is looked at too. */
async function writers(): Promise<[string, Writer][]> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts'))
  const modules = await Promise.all(files.map((name) => import(new URL(name, FOLDER).href) as Promise<object>))
  const named = modules.flatMap((module) => Object.entries(module) as [string, Writer][])
  return named.filter(([name]) => name.startsWith('write'))
}

describe('the mails', () => {
  it('have no link to Amazon, whose policies forbid it in mails that nobody asked for', async () => {
    const all = await writers()
    expect(all.length).toBeGreaterThan(10)
    for (const [name, write] of all) {
      const {
        subject: line,
        html,
        text,
      } = layOutEmail(SURROUNDINGS.shop, 'a@example.com', write(subject, SURROUNDINGS))
      expect([name, findAmazonAddresses(`${line} ${html} ${text}`)]).toEqual([name, []])
    }
  })
})
