import { createHash } from 'node:crypto'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type StaticSite, startStaticSite } from '../../local/static-site.ts'
import { createSampleSite, SITE_URL } from '../site/build-sample-site.ts'
import { EVERYWHERE } from './doors/expected-headers.ts'
import { gradePage } from './observatory.ts'

let folder: string
let site: StaticSite

/** The shop's real pages, served with the real `_headers` by Netlify's own emulator, as the local store serves them. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'till-headers-'))
  const built = await createSampleSite()
  await built.build()
  await cp(built.folder, join(folder, 'dist/site'), { recursive: true })
  await built.remove()
  await writeFile(join(folder, 'netlify.toml'), '[build]\n  publish = "dist/site"\n')
  site = await startStaticSite(folder)
})
afterAll(async () => {
  await site.stop()
  await rm(folder, { recursive: true })
})

const get = (path: string) => site.handle(new Request(`${SITE_URL}${path}`))

const POLICY = (image = '') =>
  [
    "default-src 'none'; script-src 'self'; style-src 'self'",
    `img-src 'self'${image}`,
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; media-src 'self'; form-action 'self'",
    "base-uri 'none'; frame-ancestors 'none'; upgrade-insecure-requests",
  ].join('; ')
const PUBLIC = {
  ...EVERYWHERE,
  'content-security-policy': POLICY(),
  'referrer-policy': 'strict-origin-when-cross-origin',
}
const PRIVATE = {
  ...EVERYWHERE,
  'content-security-policy': POLICY(),
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex, nofollow',
}
const ADMIN = { ...PRIVATE, 'content-security-policy': POLICY(' blob:') }

const PAGES: [path: string, headers: Record<string, string>][] = [
  ['/', PUBLIC],
  ['/store/', PUBLIC],
  ['/store/book/', PUBLIC],
  ['/legal/terms/', PUBLIC],
  ['/basket/', PUBLIC],
  ['/no/such/page', PUBLIC],
  ['/robots.txt', PUBLIC],
  ['/success/', PRIVATE],
  ['/purchases/', PRIVATE],
  ['/admin/', ADMIN],
]

describe('the static pages', () => {
  it.each(PAGES)('carry the headers of the table: %s', async (path, expected) => {
    const { headers } = await get(path)
    const policy = headers.get('content-security-policy') ?? ''
    const seen = {
      ...Object.fromEntries(headers),
      'content-security-policy': policy.replace(/ 'sha256-[\w+/]{43}='/g, ''),
    }
    expect(seen).toMatchObject(expected)
    expect(headers.has('access-control-allow-origin')).toBe(false)
  })

  it.each(PAGES)('run no script of their own text, and only styles that are named by hash: %s', async (path) => {
    const answer = await get(path)
    const html = await answer.text()
    const policy = answer.headers.get('content-security-policy') ?? ''
    const styles = [...html.matchAll(/<style[^>]*>(.*?)<\/style>/gs)].map(([, text = '']) => text)
    expect(styles.length).toBeLessThanOrEqual(1)
    for (const text of styles)
      expect(policy).toContain(` 'sha256-${createHash('sha256').update(text).digest('base64')}'`)
    const scripts = [...html.matchAll(/<script\b([^>]*)>/g)].map(([, attributes = '']) => attributes)
    expect(
      scripts.filter((one) => !/\bsrc="\/assets\//.test(one) && !/type="application\/ld\+json"/.test(one)),
    ).toEqual([])
    expect(html).not.toMatch(/<[a-z][^>]*\s(style|on[a-z]+)=/i)
    expect(html).not.toMatch(/(href|src|action)="\s*(javascript|data|vbscript):/i)
  })

  it.each(['/', '/store/', '/success/', '/purchases/', '/admin/'])(
    'get at least 120 from MDN Observatory: %s',
    async (path) => {
      const answer = await get(path)
      const headers = Object.fromEntries(answer.headers)
      const { score, grade, failed } = gradePage({ url: `${SITE_URL}${path}`, headers, html: await answer.text() })
      expect([grade, failed]).toEqual(['A+', []])
      expect(score).toBeGreaterThanOrEqual(120)
    },
  )

  it('would get less for any of the headers that are missing or weak', async () => {
    const answer = await get('/')
    const [headers, html] = [Object.fromEntries(answer.headers), await answer.text()]
    const graded = (changed: Record<string, string>) =>
      gradePage({ url: `${SITE_URL}/`, headers: { ...headers, ...changed }, html }).score
    const whole = graded({})
    const weak = ["script-src 'unsafe-inline'", "script-src 'self' 'unsafe-eval'", '']
    for (const policy of weak) expect(graded({ 'content-security-policy': policy })).toBeLessThan(100)
    expect(graded({ 'strict-transport-security': 'max-age=60' })).toBeLessThan(whole)
    expect(graded({ 'x-content-type-options': 'none' })).toBeLessThan(whole)
    expect(graded({ 'referrer-policy': 'unsafe-url' })).toBeLessThan(whole)
    expect(graded({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' })).toBeLessThan(
      whole,
    )
  })
})
