import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shopPage } from '../../adapters/error-pages.ts'
import shop from '../../shop.config.ts'
import { styleSource } from '../../site/_build/critical-styles.ts'
import { type ErrorWords, errorWords, TOKEN_BLANK } from '../../site/_data/error-words.ts'
import { PRICE_BLANKS } from '../../site/_data/price-words.ts'
import plainPages from '../../site/errors/plain-pages.ts'
import { createSampleSite, type SampleSite, SITE_URL } from './build-sample-site.ts'
import { readHeaders } from './read-headers.ts'

let site: SampleSite
let files: string[]
/** HTML by path, the functions' error pages included. */
const pages = new Map<string, string>()

beforeAll(async () => {
  site = await createSampleSite()
  await site.build()
  files = await site.files()
  for (const file of files.filter((name) => name.endsWith('.html'))) pages.set(file, await site.read(file))
  const errors = JSON.parse(await site.read('../errors.json')) as Record<string, string>
  for (const [key, html] of Object.entries(errors)) pages.set(`errors/${key}`, html)
})
afterAll(() => site.remove())

const page = (path: string) => pages.get(path) ?? ''
const all = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map((match) => match[1] ?? '')

describe('every page', () => {
  it('runs no inline script and carries no style but its one block, as the content security policy demands', () => {
    expect(pages.size).toBeGreaterThan(15)
    for (const [path, html] of pages) {
      const tags = all(html, /<([a-z][^>]*)>/g)
      expect(
        tags.filter((tag) => /^style\b.|\sstyle=|\son[a-z]+=/.test(tag)),
        path,
      ).toEqual([])
      const inline = tags.filter((tag) => /^script\b/.test(tag) && !/\ssrc="\/assets\//.test(tag))
      expect(
        inline.filter((tag) => tag !== 'script type="application/ld+json"'),
        path,
      ).toEqual([])
    }
  })

  it('has one block of styles, which the policy names by its hash, and waits for no file', async () => {
    const { 'content-security-policy': policy = '' } = await readHeaders(site.folder, '/*')
    for (const [path, html] of pages) {
      const blocks = all(html, /<style>(.*?)<\/style>/gs)
      const files = all(html, /<link rel="stylesheet" href="([^"]+)"/g)
      expect([blocks.length, files.length], path).toEqual(/^(errors|admin)\//.test(path) ? [0, 1] : [1, 0])
      for (const block of blocks) expect(policy, path).toContain(` ${styleSource(block)}`)
      expect(all(html, /<(script type="module"|script src)/g).filter((tag) => tag === 'script src')).toEqual([])
    }
    expect(policy).toMatch(/; style-src 'self'( 'sha256-[\w+/]{43}=')+; /)
  })

  it('loads nothing from another host', () => {
    for (const [path, html] of pages) {
      const loaded = all(html, /<(?:img|source|script|link)\b[^>]*?(?:src|href)="([^"]+)"/g)
      expect(
        loaded.filter((url) => !url.startsWith('/') && !url.startsWith(SITE_URL)),
        path,
      ).toEqual([])
    }
  })

  it('has a title of its own, a language, a description and one h1', () => {
    // 404.html and the functions' page of the same name are one text in two places.
    const titles = [...pages]
      .filter(([path]) => path !== 'errors/not-found')
      .map(([, html]) => all(html, /<title>([^<]+)/g)[0])
    expect(new Set(titles).size).toBe(titles.length)
    for (const [path, html] of pages) {
      expect(html, path).toContain('<html lang="en">')
      expect(html, path).toMatch(/<meta name="description" content="[^"]+">/)
      expect(all(html, /<(h1)\b/g), path).toHaveLength(1)
    }
  })

  it('links only to what is there', () => {
    const slugs = ['book', 'sample', 'mat']
    const isServed = (path: string) => files.includes(path) || files.includes(`${path}index.html`.replace(/^\//, ''))
    for (const [from, built] of pages) {
      const html = built.replaceAll(PRICE_BLANKS.slug, 'book')
      const links = all(html, /(?:href|src)="(\/[^"#?]*)/g)
      const pictures = all(html, /srcset="([^"]+)"/g).flatMap((set) =>
        set.split(', ').map((one) => one.split(' ')[0] ?? ''),
      )
      for (const link of [...links, ...pictures]) {
        if (link.startsWith('/go/')) expect(slugs, from).toContain(link.slice(4))
        else expect(isServed(link.slice(1)), `${from} links to ${link}`).toBe(true)
      }
      // The views of /admin/ are drawn by its script.
      if (from.startsWith('admin/')) continue
      for (const anchor of all(html, /href="#([^"]+)"/g)) expect(html, from).toContain(`id="${anchor}"`)
    }
  })

  it('passes on the links of Identity’s mails, in a few bytes, and has no other script but where one is the point', async () => {
    const scripts = [...pages].map(
      ([path, html]) => [path, all(html, /<script type="module"(?: async)? src="([^"]+)"/g)] as const,
    )
    const landing = scripts.find(([path]) => path === 'index.html')?.[1].find((url) => url.includes('/landing-')) ?? ''
    expect((await site.read(landing.slice(1))).length).toBeLessThan(200)
    const passOn = scripts.filter(([, urls]) => urls.includes(landing)).map(([path]) => path)
    const expected = [...pages.keys()].filter((path) => !path.startsWith('errors/') && !path.startsWith('purchases/'))
    expect(passOn.filter((path) => path !== '404.html')).toEqual(expected.filter((path) => path !== '404.html'))
    const others = scripts.flatMap(([, urls]) => urls).filter((url) => url !== landing)
    expect([...new Set(others.map((url) => url.replace(/-\w+\.js$/, '')))].sort()).toEqual([
      '/assets/admin',
      '/assets/basket',
      '/assets/basket-page',
      '/assets/basket-settle',
      '/assets/product',
      '/assets/purchases',
      '/assets/search',
      '/assets/success',
    ])
  })
})

describe('the pages of functions', () => {
  it('are the ones that plain pages stand in for', () => {
    const built = [...pages.keys()].filter((path) => path.startsWith('errors/')).map((path) => path.slice(7))
    expect(built.sort()).toEqual(Object.keys(plainPages).sort())
  })

  it('have no address of their own, but for 404.html', () => {
    expect(files.filter((file) => file.startsWith('errors'))).toEqual([])
    expect(page('404.html')).toContain('There is nothing here')
  })

  it('tell what to do next: the store, the purchases, a person', () => {
    for (const key of Object.keys(plainPages)) {
      const html = page(`errors/${key}`)
      for (const way of ['href="/store/"', 'href="/purchases/"', `href="mailto:${shop.supportEmail}"`])
        expect(html, key).toContain(way)
    }
  })
})

describe('the form for a fresh link', () => {
  it('is on the pages that ask for an address, works without a script, and has one place for the token', () => {
    for (const [key, words] of Object.entries<ErrorWords>(errorWords)) {
      const html = page(`errors/${key}`)
      const wanted = words.asksAddress ? 1 : 0
      expect(html.split(TOKEN_BLANK).length - 1, key).toBe(wanted)
      expect(html.split('<form class="fresh-link" method="post" action="/send_access_link">').length - 1, key).toBe(
        wanted,
      )
    }
  })

  it('gets the token into exactly that place', async () => {
    expect(await shopPage('link-expired', 410, 'a.b"$&.c').text()).toContain('name="token" value="a.b&quot;$&amp;.c"')
  })
})

describe('pages about an order', () => {
  it('tell nobody where they were and are not found by search engines', () => {
    for (const path of ['success/index.html', 'purchases/index.html', 'admin/index.html']) {
      expect(page(path)).toContain('<meta name="referrer" content="no-referrer">')
      expect(page(path)).toContain('<meta name="robots" content="noindex, nofollow">')
    }
  })

  it('tell a buyer without JavaScript how to get the files', () => {
    const [help = ''] = all(page('success/index.html'), /<noscript>(.*?)<\/noscript>/gs)
    expect(help).toContain('receipt')
    expect(help).toContain(shop.supportEmail)
  })
})

describe('legal pages', () => {
  it('name the seller and call themselves drafts', () => {
    for (const name of ['terms', 'privacy', 'imprint', 'refunds']) {
      expect(page(`legal/${name}/index.html`)).toContain('<strong>A draft.</strong>')
    }
    for (const line of [shop.seller.name, ...shop.seller.address, ...shop.seller.registrations]) {
      expect(page('legal/imprint/index.html')).toContain(line)
    }
  })
})

describe('what robots read', () => {
  it('lists every page that may be found, and no other', async () => {
    const listed = all(await site.read('sitemap.xml'), /<loc>([^<]+)<\/loc>/g).map((url) => url.replace(SITE_URL, ''))
    const legal = ['terms', 'refunds', 'privacy', 'imprint'].map((name) => `/legal/${name}/`)
    const expected = ['/', '/store/', '/store/book/', '/store/sample/', '/store/mat/', ...legal]
    expect(listed.sort()).toEqual(expected.sort())
  })

  it('keeps them from /go/', async () => {
    expect(await site.read('robots.txt')).toContain('Disallow: /go/\n')
  })
})

describe('_headers', () => {
  it('holds the rules of shop/headers.ts', async () => {
    const text = await site.read('_headers')
    expect(text).toMatch(/^\/\*\n( {2}.+\n)* {2}content-security-policy: default-src 'none'; script-src 'self';/)
    expect(text).toMatch(/\n\/success\/\*\n {2}referrer-policy: no-referrer\n/)
  })
})
