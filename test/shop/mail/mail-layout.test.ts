import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeHtml, layoutHtml, layoutText, type MailContent } from '../../../shop/mail/mail-layout.ts'
import { writeReceipt } from '../../../shop/mail/receipt.ts'
import { receiptItem, receiptOrder, SURROUNDINGS } from './receipt-order.ts'

const HOSTILE = `</td><script>alert(1)</script><img src=x onerror="a" '&amp;`
const SENDER = SURROUNDINGS.shop

const EMPTY: MailContent = {
  subject: 'S',
  preview: 'P',
  heading: 'H',
  paragraphs: ['One.'],
  action: null,
  facts: [],
  rows: [],
  notes: [],
}
const content = (part: Partial<MailContent>): MailContent => ({ ...EMPTY, ...part })

/** The text that a reader of the HTML sees, in one line. */
function seen(html: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
  const inline = html.replace(/<\/?a\b[^>]*>/g, '')
  const words = inline.replace(/<[^>]*>/g, ' ').replace(/&([#\w]+);/g, (entity, name) => entities[name] ?? entity)
  return words.replace(/\s+/g, ' ')
}

describe('escapeHtml', () => {
  it('leaves nothing that could begin an element, end an attribute or begin an entity', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'&<>"\' ;ampltq#3') }), (text) => {
        const html = escapeHtml(text)
        expect(html).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/)
        expect(seen(html)).toBe(text.replace(/\s+/g, ' '))
      }),
    )
  })
})

describe('layoutHtml', () => {
  it.each([
    ['subject', content({ subject: HOSTILE })],
    ['preview', content({ preview: HOSTILE })],
    ['heading', content({ heading: HOSTILE })],
    ['paragraph', content({ paragraphs: [HOSTILE] })],
    ['fact', content({ facts: [HOSTILE] })],
    ['label of a row', content({ rows: [{ label: HOSTILE, value: '1' }] })],
    ['value of a row', content({ rows: [{ label: 'a', value: HOSTILE }] })],
    ['label of the button', content({ action: { label: HOSTILE, url: 'https://shop.example/' } })],
    ['address of the button', content({ action: { label: 'a', url: `https://shop.example/${HOSTILE}` } })],
    ['note', content({ notes: [HOSTILE] })],
  ])('shows a hostile %s as plain text', (_where, mail) => {
    const html = layoutHtml(mail, SENDER)
    expect(html).not.toMatch(/<script|<img|onerror="/)
    expect(html).toContain('&lt;/td&gt;&lt;script&gt;')
  })

  it('shows a hostile title of a sold product as plain text', () => {
    const order = receiptOrder({ items: [receiptItem({ title: HOSTILE, quantity: 2, unit_amount: 950 })] })
    const html = layoutHtml(writeReceipt(order, SURROUNDINGS), SENDER)
    expect(html).not.toMatch(/<script|<img/)
    expect(seen(html)).toContain(HOSTILE.replace(/\s+/g, ' '))
  })

  it('cannot be led out of an attribute by an address in a note', () => {
    const html = layoutHtml(
      content({ notes: [`see https://evil.example/"onmouseover="x and a"b@example.com`] }),
      SENDER,
    )
    const links = [...html.matchAll(/<a [^>]*>/g)].map(([link]) => link)
    expect(links.length).toBeGreaterThan(0)
    for (const link of links) expect(link).toMatch(/^<a href="[^"<>]*" style="[^"<>]*">$/)
  })

  it('makes pages and mailboxes in the notes and the footer into links', () => {
    const html = layoutHtml(content({ notes: ['All your orders: https://shop.example/purchases/'] }), SENDER)
    expect(html).toContain('<a href="https://shop.example/purchases/" ')
    expect(html).toContain('<a href="mailto:help@shop.example" ')
  })

  it('needs nothing from outside: no picture, no script, no style sheet, no font', () => {
    const html = layoutHtml(writeReceipt(receiptOrder(), SURROUNDINGS), SENDER)
    expect(html).not.toMatch(/<(img|script|link|style|iframe|object|svg)\b|url\(/i)
  })

  it('wears the colours of the shop’s light theme', () => {
    const theme = readFileSync('site/assets/css/theme.css', 'utf8')
      .split('@media')[0]
      ?.match(/#[0-9a-f]+\b/g)
    const used = layoutHtml(writeReceipt(receiptOrder(), SURROUNDINGS), SENDER).match(/#[0-9a-f]{6}\b/g) ?? []
    expect(used.length).toBeGreaterThan(5)
    expect(theme).toEqual(expect.arrayContaining(used.map((colour) => colour.replace('#ffffff', '#fff'))))
  })

  it('fits a narrow mail program: nothing has a fixed width', () => {
    const html = layoutHtml(writeReceipt(receiptOrder(), SURROUNDINGS), SENDER)
    expect(html).not.toMatch(/[^-]width(:|=")\d+(px|")/)
    expect(html).toContain('width=device-width')
  })
})

describe('layoutText', () => {
  it('says everything that the HTML shows', () => {
    const order = receiptOrder({ amount_discount: 500, amount_tax: 224, amount_refunded: 100 })
    const mail = writeReceipt(order, SURROUNDINGS)
    const html = seen(layoutHtml(mail, SENDER))
    const text = layoutText(mail, SENDER)
    const rows = mail.rows.flatMap(({ label, value }) => [label, value])
    const { seller, supportEmail } = SENDER
    const footer = [seller.name, ...seller.address, ...seller.registrations, supportEmail]
    for (const fact of [mail.heading, ...mail.paragraphs, ...mail.facts, ...rows, ...mail.notes, ...footer]) {
      expect(text).toContain(fact)
      expect(html).toContain(fact)
    }
    expect(text).toContain(`${mail.action?.label}:\n${SURROUNDINGS.orderLink}`)
  })

  it('is plain: titles are not escaped, and no tag of ours is in it', () => {
    const order = receiptOrder({ items: [receiptItem({ title: 'A <b> & "c"' })] })
    const text = layoutText(writeReceipt(order, SURROUNDINGS), SENDER)
    expect(text).toContain('A <b> & "c": €19.00')
    expect(text).not.toMatch(/<(table|td|a) |&amp;/)
  })
})
