import { expect, it } from 'vitest'
import { writeLinksReady } from '../../../shop/mail/links-ready.ts'
import type { MailOrder } from '../../../shop/mail/mail-subject.ts'
import { receiptOrder, SURROUNDINGS } from './receipt-order.ts'

const order: MailOrder = {
  ...receiptOrder(),
  stripe_session_id: 'cs_test_1',
  stripe_payment_intent_id: 'pi_1',
  livemode: false,
  review_reason: null,
  email: 'buyer@example.com',
  amount_subtotal: 1900,
  access_epoch: 1,
  refunds: [],
  disputes: [],
}

it('says how long links live, and leads to the order, to all orders and to a person', () => {
  const content = writeLinksReady({ ...SURROUNDINGS, order, payload: {} })
  expect(content.paragraphs.join(' ')).toContain(`works for ${SURROUNDINGS.shop.links.downloadMinutes} minutes`)
  expect(content.action).toEqual({ label: 'Open your order', url: SURROUNDINGS.orderLink })
  expect(content.rows).toEqual([{ label: 'A Book', value: '' }])
  expect(content.notes.join(' ')).toContain('https://shop.example/purchases/')
  expect(content.notes.join(' ')).toContain('help@shop.example')
  expect(JSON.stringify(content)).not.toContain('/download')
})

it('says how many, where it is more than one', () => {
  const items = order.items.map((item) => ({ ...item, quantity: 3 }))
  const { rows } = writeLinksReady({ ...SURROUNDINGS, order: { ...order, items }, payload: {} })
  expect(rows).toEqual([{ label: 'A Book', value: '× 3' }])
})
