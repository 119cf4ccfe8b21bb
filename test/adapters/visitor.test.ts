import { describe, expect, it } from 'vitest'
import { readVisitor } from '../../adapters/visitor.ts'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

/** A request whose headers may hold anything, as a server that is careless with bytes would hand them over. */
function visit(headers: Record<string, string>) {
  const get = (name: string) => headers[name] ?? null
  return readVisitor({ headers: { get } } as unknown as Request)
}

describe('readVisitor', () => {
  it('reads a person from their browser', () => {
    const referer = 'https://blog.example/post?a=1'
    expect(visit({ 'user-agent': FIREFOX, referer })).toEqual({
      referrer: referer,
      userAgent: FIREFOX,
      isBot: false,
      isCrawler: false,
      isPrefetch: false,
    })
  })

  it.each([
    undefined,
    '',
    'Googlebot/2.1 (+http://www.google.com/bot.html)',
    'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
    'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
    'Twitterbot/1.0',
    'WhatsApp/2.23.20.0',
    'curl/8.5.0',
    'python-requests/2.32.0',
    'GPTBot/1.2',
  ])('takes %j for a program', (userAgent) => {
    expect(visit(userAgent === undefined ? {} : { 'user-agent': userAgent }).isBot).toBe(true)
  })

  it.each([
    [{ 'sec-purpose': 'prefetch' }, true],
    [{ 'sec-purpose': 'prefetch;prerender' }, true],
    [{ 'sec-purpose': 'Prefetch;anonymous-client-ip' }, true],
    [{ purpose: 'prefetch' }, true],
    [{ purpose: 'preview' }, false],
    [{}, false],
  ])('sees in %j whether the browser only prepares: %s', (headers, isPrefetch) => {
    expect(visit({ 'user-agent': FIREFOX, ...headers }).isPrefetch).toBe(isPrefetch)
  })

  it.each([
    ['100 KB', 'x'.repeat(100_000), 'x'.repeat(512)],
    ['control characters', 'a\0b\r\nc\td\u007fe\u0085f', 'abcdef'],
    ['only control characters', '\0\r\n', null],
    ['half a character', 'a\ud800b', 'a\ufffdb'],
    ['a character that the cut would halve', `${'x'.repeat(511)}😀`, `${'x'.repeat(511)}\ufffd`],
    ['control characters before the cut', `${'\0'.repeat(600)}${'x'.repeat(600)}`, 'x'.repeat(512)],
    ['nothing', '', null],
  ])('keeps of %s what Postgres can store', (_what, value, kept) => {
    const { referrer, userAgent } = visit({ 'user-agent': value, referer: value })
    expect({ referrer, userAgent }).toEqual({ referrer: kept, userAgent: kept })
  })

  it('remembers no address', () => {
    const visitor = visit({ 'user-agent': FIREFOX, 'x-forwarded-for': '203.0.113.7', cookie: 'a=203.0.113.7' })
    expect(JSON.stringify(visitor)).not.toContain('203.0.113.7')
  })
})
