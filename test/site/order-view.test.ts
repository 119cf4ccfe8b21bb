import { describe, expect, it } from 'vitest'
import { orderWords } from '../../site/_data/order-words.ts'
import type { Download } from '../../site/assets/ts/order-answer.ts'
import { LONG_WAIT_SECONDS, orderView, type Standing } from '../../site/assets/ts/order-view.ts'

const download: Download = {
  slug: 'book',
  title: 'A Book',
  filename: 'book.pdf',
  size_bytes: 2_134_567,
  sha256: 'a'.repeat(64),
  url: 'https://shop.example.com/download?token=t',
  expires_at: '2026-11-03T10:15:00.000Z',
}
const order = { id: 'ord_1', total: 1900, currency: 'eur' }
const codeSent: Standing = { kind: 'code-sent', email: 'a@example.com', sentAt: 5_000 }
const linkSent: Standing = { kind: 'link-sent', email: 'a@example.com' }
const refused = (state: string): Standing => ({ kind: 'refused', state })

describe('orderView', () => {
  it('lists the files of a paid order with names, sizes and links', () => {
    expect(orderView({ kind: 'paid', order, downloads: [download] }, 3, 'en')).toEqual({
      ...orderWords.paid,
      tone: 'good',
      facts: [
        { term: 'Order', value: 'ord_1' },
        { term: 'Total', value: '€19.00' },
      ],
      files: [
        {
          title: 'A Book',
          file: 'book.pdf, 2.1 MB',
          about: '',
          label: 'Download A Book, book.pdf',
          sha256: download.sha256,
          url: download.url,
          earlier: [],
        },
      ],
      form: null,
      actions: [],
    })
  })

  it('names a product once above all of its files', () => {
    const more = { ...download, filename: 'book.epub' }
    const other = { ...download, title: 'Another' }
    const { files } = orderView({ kind: 'paid', order, downloads: [download, more, other] }, 0, 'en')
    expect(files.map((file) => file.title)).toEqual(['A Book', '', 'Another'])
    expect(files[1]?.label).toBe('Download A Book, book.epub')
  })

  it('says quietly which version it is and what changed, and lists the earlier ones under it', () => {
    const earlier = [{ ...download, version: 1, changelog: '', filename: 'old.pdf' }]
    const newest = { ...download, version: 2, changelog: 'Chapter 7 is new.', earlier }
    const [file] = orderView({ kind: 'paid', order, downloads: [newest] }, 0, 'en').files
    expect(file?.about).toBe('Version 2: Chapter 7 is new.')
    expect(file?.earlier).toMatchObject([{ about: 'Version 1', file: 'old.pdf, 2.1 MB', url: download.url }])
    expect(file?.earlier[0]?.label).toBe('Download A Book, old.pdf, Version 1')
  })

  it('does not speak of versions where there has been one only', () => {
    const only = { ...download, version: 1, changelog: '', earlier: [] }
    const [file] = orderView({ kind: 'paid', order, downloads: [only] }, 0, 'en').files
    expect(file).toMatchObject({ about: '', earlier: [], label: 'Download A Book, book.pdf' })
  })

  it('tells how much of an order was refunded', () => {
    const part = { ...order, refunded: 700 }
    const view = orderView({ kind: 'paid', order: part, downloads: [download] }, 0, 'en')
    expect(view).toMatchObject({ ...orderWords.partlyRefunded, tone: 'good', files: [{ title: 'A Book' }] })
    expect(view.facts.at(-1)).toEqual({ term: 'Refunded', value: '€7.00' })
  })

  it('asks for an address, for the code, and for the same address again when the code is over', () => {
    const form = (standing: Standing) => orderView(standing, 0, 'en').form
    const { label, value, submit } = { label: orderWords.form.email, value: '', submit: orderWords.form.sendCode }
    expect(form(refused('verify_email'))).toEqual({ field: 'email', label, value, submit })
    expect(form(refused('link_expired'))?.submit).toBe(orderWords.form.sendLink)
    expect(form(codeSent)).toMatchObject({ field: 'code', value: '', submit: orderWords.form.redeem })
    expect(form({ ...codeSent, kind: 'code-over' })).toMatchObject({ field: 'email', value: 'a@example.com' })
  })

  it('offers a new code a minute after the last', () => {
    expect(orderView(codeSent, 0, 'en').actions[0]).toMatchObject({ does: 'resend', from: 65_000 })
  })

  it('says money and sizes as the shop’s locale does', () => {
    const { facts, files } = orderView({ kind: 'paid', order, downloads: [download] }, 0, 'de-DE')
    expect(facts[1]?.value).toBe('19,00\u00a0€')
    expect(files[0]?.file).toBe('book.pdf, 2,1 MB')
  })

  it.each<[string, Standing, number, { title: string }, string, string[]]>([
    ['before the first answer', { kind: 'looking' }, 0, orderWords.looking, 'wait', []],
    ['processing', { kind: 'processing' }, 5, orderWords.processing, 'wait', ['retry']],
    ['processing for long', { kind: 'processing' }, LONG_WAIT_SECONDS, orderWords.processingLong, 'wait', ['retry']],
    ['busy', { kind: 'busy', retrySeconds: 7 }, 0, orderWords.busy('7 seconds'), 'wait', ['retry']],
    ['offline', { kind: 'offline' }, 0, orderWords.offline, 'wait', ['retry']],
    ['without a reference', { kind: 'no-reference' }, 0, orderWords.noReference, 'attention', ['purchases', 'store']],
    ['an order without files', { kind: 'paid', order, downloads: [] }, 0, orderWords.paidEmpty, 'good', []],
    ['an expired checkout', refused('expired'), 0, orderWords.refused.expired, 'attention', ['store']],
    ['a failed payment', refused('failed'), 0, orderWords.refused.failed, 'attention', ['store']],
    ['a refund', refused('refunded'), 0, orderWords.refused.refunded, 'attention', ['store']],
    ['a dispute', refused('disputed'), 0, orderWords.refused.disputed, 'attention', ['write']],
    ['a review', refused('review'), 0, orderWords.refused.review, 'attention', ['write']],
    ['an old receipt', refused('link_expired'), 0, orderWords.refused.link_expired, 'attention', []],
    ['another browser', refused('verify_email'), 0, orderWords.refused.verify_email, 'ask', []],
    ['a code under way', codeSent, 0, orderWords.codeSent('a@example.com'), 'ask', ['resend', 'other']],
    ['a code that is over', { ...codeSent, kind: 'code-over' }, 0, orderWords.codeOver, 'ask', []],
    ['a link under way', linkSent, 0, orderWords.linkSent('a@example.com'), 'sent', ['other']],
    ['anything else', refused('unknown'), 0, orderWords.unknown, 'attention', ['purchases', 'write']],
  ])('%s', (_name, standing, waited, said, tone, actions) => {
    const view = orderView(standing, waited, 'en')
    expect(view).toMatchObject({ ...said, tone, files: [] })
    expect(view.actions.map((action) => action.does)).toEqual(actions)
  })

  it('speaks of no payment where there was none', () => {
    const { title, text, facts } = orderView(
      { kind: 'paid', order: { ...order, total: 0 }, downloads: [download] },
      0,
      'en',
    )
    expect({ title, text }).toEqual(orderWords.free)
    expect(JSON.stringify({ title, text })).not.toMatch(/pa(id|y)/i)
    expect(facts[1]?.value).toBe('€0.00')
  })
})
