import { describe, expect, it } from 'vitest'
import { sitemapFiles } from '../../../site/_build/found/sitemap.ts'
import { childrenOf, readXml, textOf } from './read-xml.ts'

const SITE = 'https://shop.example.com'
const pages = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ url: `/store/p-${index}/`, changed: '2026-11-03' }))
const locations = (file = '') => readXml(file).children.map((child) => textOf(child, 'loc'))

describe('sitemapFiles', () => {
  it('is one file as long as one may hold all pages', () => {
    const files = sitemapFiles(pages(3), SITE)
    expect(Object.keys(files)).toEqual(['sitemap.xml'])
    expect(locations(files['sitemap.xml'])).toEqual([0, 1, 2].map((n) => `${SITE}/store/p-${n}/`))
    expect(textOf(childrenOf(readXml(files['sitemap.xml'] ?? ''), 'url')[0] as never, 'lastmod')).toBe('2026-11-03')
  })

  it('becomes an index at 50,001 addresses, and loses none', () => {
    expect(Object.keys(sitemapFiles(pages(50_000), SITE))).toHaveLength(1)
    const files = sitemapFiles(pages(50_001), SITE)
    expect(locations(files['sitemap.xml'])).toEqual([`${SITE}/sitemap-1.xml`, `${SITE}/sitemap-2.xml`])
    const parts = [files['sitemap-1.xml'], files['sitemap-2.xml']].map((file = '') => file.split('<loc>').length - 1)
    expect(parts).toEqual([50_000, 1])
  })

  it('keeps each file below the bytes that one may have', () => {
    const files = sitemapFiles(pages(40), SITE, { urls: 50_000, bytes: 1_000 })
    const { 'sitemap.xml': index, ...parts } = files
    expect(Object.values(parts).every((part) => Buffer.byteLength(part) <= 1_000)).toBe(true)
    expect(locations(index)).toHaveLength(Object.keys(parts).length)
    expect(Object.values(parts).flatMap((part) => locations(part))).toHaveLength(40)
  })

  it('is valid with no pages, and says no date where there is none', () => {
    expect(locations(sitemapFiles([], SITE)['sitemap.xml'])).toEqual([])
    expect(sitemapFiles([{ url: '/', changed: undefined }], SITE)['sitemap.xml']).not.toContain('lastmod')
  })
})
