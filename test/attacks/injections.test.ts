import { getStore } from '@netlify/blobs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkedKey } from '../../adapters/checked-key.ts'
import { findClaim, readClaim } from '../../adapters/claim-cookie.ts'
import { contentDisposition } from '../../adapters/content-disposition.ts'
import { shopPage } from '../../adapters/error-pages.ts'
import { priceChangedPage } from '../../adapters/price-changed.ts'
import { redirect } from '../../adapters/redirect.ts'
import { lawfulLink } from '../../shop/affiliates/affiliate-link.ts'
import { layOutEmail } from '../../shop/mail/lay-out-email.ts'
import { BOOK } from '../support/demo-products.ts'
import { expectErrors } from '../support/quiet.ts'
import { ELSEWHERE, MARKUP, UPWARDS } from './doors/corpora.ts'
import { callDoor, DOORS, type Door } from './doors/every-door.ts'
import { openStage, requestOf, type Stage } from './doors/stage.ts'

const SEED = 20261123
const HOSTS = ['www.amazon.com', 'www.amazon.de']
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

function doorOf(name: string): Door {
  const door = DOORS.find((one) => one.name === name)
  if (!door) throw new Error(`there is no functions/${name}.ts`)
  return door
}

const go = doorOf('go')
const follow = (slug: string, query = '', headers: Record<string, string> = {}) => {
  const question = requestOf({ siteUrl: stage.platform.siteUrl, cookie: '' }, go, {
    method: 'GET',
    slug: encodeURIComponent(slug.toWellFormed()),
    query,
  })
  const request = new Request(question, { headers: { 'user-agent': 'Mozilla/5.0 Firefox/140.0', ...headers } })
  return callDoor(go, request, slug)
}

describe('sixty places elsewhere', () => {
  it('are sixty', () => expect(new Set(ELSEWHERE).size).toBe(60))

  it('are where no parameter leads', async () => {
    const names = ['return_to', 'next', 'url', 'redirect', 'to', 'success_url', 'cancel_url']
    for (const target of ELSEWHERE) {
      const query = `?${names.map((name) => `${name}=${encodeURIComponent(target.toWellFormed())}`).join('&')}`
      const answer = await follow('tool', query)
      expect([target, answer.headers.get('location')]).toEqual([
        target,
        'https://www.amazon.com/dp/B000000001?tag=tillexample-20',
      ])
    }
  })

  it('are where no host of a request leads, as proxies are made to believe it', async () => {
    await stage.platform.rows("update products set slug = 'book-today' where id = 'prd_book'")
    for (const host of ['evil.example', 'evil.example:443', '"><script>']) {
      const { headers } = await follow('book', '', {
        'x-forwarded-host': host,
        forwarded: `host=${host}`,
        'x-original-url': `//${host}`,
      })
      expect(headers.get('location')).toBe(`${stage.platform.siteUrl}/go/book-today`)
    }
    await stage.platform.rows("update products set slug = 'book' where id = 'prd_book'")
  })

  it('are links that no product may have, were they in the database', async () => {
    expectErrors()
    for (const target of ELSEWHERE) {
      expect([target, lawfulLink(target, HOSTS)]).toEqual([target, null])
      // What the column itself refuses need not be refused again.
      const isStored = await stage.platform
        .rows("update products set affiliate_url = $1 where slug = 'evil' returning id", [target])
        .then(
          (rows) => rows.length > 0,
          () => false,
        )
      if (!isStored) continue
      const answer = await follow('evil')
      expect([target, answer.status, answer.headers.get('location')]).toEqual([target, 404, null])
    }
  })
})

describe('forty ways out of a folder', () => {
  it('are forty', () => expect(new Set(UPWARDS).size).toBe(40))

  it('are no products', async () => {
    for (const slug of UPWARDS) expect([slug, (await follow(slug)).status]).toEqual([slug, 404])
  })

  it('are no key of a store', async () => {
    const lost = UPWARDS.filter((key) => {
      try {
        return checkedKey(key) === key
      } catch {
        return false
      }
    })
    expect(lost).toEqual([])
  })

  it('open no file, were one in the database', async () => {
    expectErrors()
    await getStore('product-files').set('x', 'not for sale')
    const link = await stage.link()
    for (const key of UPWARDS) {
      const isStored = await stage.platform
        .rows('update product_files set key = $1 where product_id = $2 returning id', [
          key.replaceAll('\0', '%00'),
          'prd_book',
        ])
        .then(
          (rows) => rows.length > 0,
          () => false,
        )
      if (!isStored) continue
      const answer = await callDoor(doorOf('download'), new Request(link))
      const text = await answer.text()
      expect(answer.status, key).toBeGreaterThanOrEqual(500)
      expect(text).not.toMatch(/not for sale|root:/)
    }
    await stage.platform.rows("update product_files set key = 'files/' || sha256")
  })

  it('are no picture and no upload, also for the seller', async () => {
    const asSeller = { siteUrl: stage.platform.siteUrl, cookie: stage.cookies.admin }
    for (const sha256 of UPWARDS) {
      for (const name of ['admin_picture', 'admin_upload']) {
        const request = requestOf(asSeller, doorOf(name), { body: { sha256, size_bytes: 1 } })
        expect([name, sha256, (await callDoor(doorOf(name), request)).status]).toEqual([name, sha256, 400])
      }
      const query = `?sha256=${encodeURIComponent(sha256.toWellFormed())}&size=3&part=1`
      const part = requestOf(asSeller, doorOf('admin_upload_part'), {
        query,
        body: 'abc',
        type: 'application/octet-stream',
      })
      expect([sha256, (await callDoor(doorOf('admin_upload_part'), part)).status]).toEqual([sha256, 400])
    }
  })
})

/** Line ends of every alphabet, signs that end a value, halves of characters, and long ones. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\r\n',
        '\n',
        '\r',
        '\0',
        '\u0085',
        '\u2028',
        '\u2029',
        '\u560d\u560a',
        '%0d%0a',
        '"',
        '\\',
        ';',
        ',',
        '=',
        '\ud800',
        '\u202e',
        '\x7f',
        'é',
      ),
      fc.constantFrom(
        'set-cookie: a=b',
        'Location: https://evil.example',
        'Bcc: victim@example.com',
        'content-length: 0',
        '</script>',
        ' HTTP/1.1',
      ),
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constant('x'.repeat(300)),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => parts.join(''))

/** Whether a header came through as one line of characters that cannot end it. */
const isOneLine = (value: string) => /^[\t\x20-\x7e\x80-\xff]*$/.test(value)

describe('a thousand injections into headers', () => {
  const each = (runs: number, hold: (text: string) => void) =>
    fc.assert(fc.property(hostile, hold), { seed: SEED, numRuns: runs })

  it('stay within the name of a file (400)', () =>
    each(400, (text) => {
      const { headers } = new Response(null, { headers: { 'content-disposition': contentDisposition(text) } })
      const value = headers.get('content-disposition') ?? ''
      expect(value).toMatch(/^attachment; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]*"; filename\*=UTF-8''[\w%.~!*'()-]*$/)
      expect([...headers.keys()]).toEqual(['content-disposition'])
    }))

  it('stay within an address that is led to (200)', () =>
    each(200, (text) => {
      const { headers } = redirect(302, `https://www.amazon.com/dp/${text}`)
      expect([...headers.keys()]).toEqual(['location'])
      expect(headers.get('location')).toMatch(/^https:\/\/www\.amazon\.com\/[\x21-\x7e]*$/)
    }))

  it('never come back as a cookie (200)', () =>
    each(200, (text) => {
      const request = { headers: { get: () => `__Host-claim=${text}; a=${text}` } } as unknown as Request
      const { cookie } = readClaim(request)
      expect(cookie).toMatch(/^__Host-claim=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=86400$/)
      expect(findClaim(request)).toBeNull()
    }))

  it('stay within the subject of a mail (200)', () =>
    each(200, (text) => {
      const content = {
        subject: `Sold: ${text}`,
        preview: '',
        heading: '',
        paragraphs: [],
        action: null,
        facts: [],
        rows: [],
        notes: [],
      }
      const { subject, to } = layOutEmail(stage.platform.app().shop, 'buyer@example.com', content)
      expect(subject).not.toMatch(/\p{C}/u)
      expect([to, subject.length <= 400]).toEqual(['buyer@example.com', true])
    }))

  it('leave a real download a file with one name (25 of them through the database)', async () => {
    const names = fc.sample(hostile, { seed: SEED, numRuns: 25 })
    const link = await stage.link()
    for (const name of names) {
      await stage.platform
        .rows("update product_files set filename = $1 where product_id = 'prd_book'", [name.toWellFormed()])
        .catch(() => undefined)
      const answer = await callDoor(doorOf('download'), new Request(link, { method: 'HEAD' }))
      expect(answer.status, name).toBe(200)
      for (const [header, value] of answer.headers) expect([header, isOneLine(value)]).toEqual([header, true])
      expect(answer.headers.has('set-cookie')).toBe(false)
    }
    await stage.platform.rows('update product_files set filename = $1', [BOOK.filename])
  })
})

describe('markup', () => {
  /** What would be a tag, were it not escaped. */
  const isInert = (html: string, text: string) => !/[<>"]/.test(text) || !html.includes(text)

  it.each(MARKUP)('is text in the pages of functions and in mails: %s', async (text) => {
    const page = await shopPage('link-expired', 410, text).text()
    const money = { amount: 100, currency: 'eur' }
    const price = await priceChangedPage(
      { slug: 'book', title: text, seen: money, now: { ...money, amount: 200 } },
      'en',
    ).text()
    const content = {
      ...{ subject: text, preview: text, heading: text, paragraphs: [text], facts: [text], notes: [text] },
      ...{ action: { label: text, url: 'https://shop.example/' }, rows: [{ label: text, value: text, detail: text }] },
    }
    const mail = layOutEmail(stage.platform.app().shop, 'buyer@example.com', content)
    for (const html of [page, price, mail.html]) expect(isInert(html, text), html).toBe(true)
    for (const html of [page, price, mail.html]) expect(html).not.toMatch(/<script|<svg|onerror=alert\(1\)>|<img src=x/)
  })

  it('of a buyer’s name or address is told in JSON, which no browser takes for a page', async () => {
    const email = `"<script>alert(1)</script>"@example.com`
    const request = requestOf({ siteUrl: stage.platform.siteUrl, cookie: '' }, doorOf('send_portal_link'), {
      body: { email },
    })
    const answer = await callDoor(doorOf('send_portal_link'), request)
    expect([answer.headers.get('content-type'), answer.headers.get('x-content-type-options')]).toEqual([
      'application/json; charset=utf-8',
      'nosniff',
    ])
    expect(await answer.text()).not.toContain('<script>')
  })
})
