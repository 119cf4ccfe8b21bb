import { describe, expect, it } from 'vitest'
import { lawfulLink } from '../../../shop/affiliates/affiliate-link.ts'

const HOSTS = ['www.amazon.com', 'www.amazon.de']

describe('lawfulLink', () => {
  it.each([
    'https://www.amazon.com/dp/B000000001?tag=till-20',
    'https://www.amazon.de/',
    'https://www.amazon.com/dp/%C3%BC?a=b&c=d#e',
  ])('lets %s through as it is', (url) => {
    expect(lawfulLink(url, HOSTS)).toBe(url)
  })

  it('writes the host as a browser would', () => {
    expect(lawfulLink('HTTPS://WWW.Amazon.COM/dp/1', HOSTS)).toBe('https://www.amazon.com/dp/1')
  })

  it('takes a host that only looks different: full-width letters are the same host to a browser', () => {
    expect(lawfulLink('https://www.ａmazon.com/dp/1', HOSTS)).toBe('https://www.amazon.com/dp/1')
  })

  it.each([
    'http://www.amazon.com/dp/1',
    'ftp://www.amazon.com/dp/1',
    'javascript:alert(1)//www.amazon.com',
    'data:text/html,www.amazon.com',
    'https://amazon.com/dp/1',
    'https://www.amazon.com.evil.com/dp/1',
    'https://www.amazon.com@evil.com/dp/1',
    'https://user@www.amazon.com/dp/1',
    'https://user:password@www.amazon.com/dp/1',
    'https://evil.com/www.amazon.com',
    'https://evil.com?https://www.amazon.com/',
    'https://evil.com#www.amazon.com',
    'https://evil.com\\@www.amazon.com/',
    'https://www.amazon.com:8443/dp/1',
    'https://www.amazon.com./dp/1',
    'https://evil-www.amazon.com/dp/1',
    'https://wwwXamazon.com/dp/1',
    'https://www.amazon.co/dp/1',
    'https://www.аmazon.com/dp/1',
    'https://127.0.0.1/',
    'https://[::1]/',
    '//www.amazon.com/dp/1',
    '/dp/1',
    'www.amazon.com/dp/1',
    '',
    ' ',
  ])('stops %j', (url) => {
    expect(lawfulLink(url, HOSTS)).toBeNull()
  })

  it('lets nothing through when the seller allows no host', () => {
    expect(lawfulLink('https://www.amazon.com/dp/1', [])).toBeNull()
  })
})
