import { XML_HEAD, xmlElement } from './xml.ts'

/** A page that search engines may list; `changed` is a day, such as `2026-11-03`. */
export type ListedPage = { url: string; changed: string | undefined }

const SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
/** What sitemaps.org allows in one file. */
const MOST = { urls: 50_000, bytes: 50 * 1024 * 1024 }

/** The sitemap by file name: one file, or an index of several where one may not hold them all. */
export function sitemapFiles(pages: ListedPage[], siteUrl: string, most = MOST): Record<string, string> {
  const parts = split(
    pages.map((page) => urlElement(page, siteUrl)),
    most,
  )
  if (parts.length <= 1) return { 'sitemap.xml': urlSet(parts[0] ?? []) }
  const names = parts.map((_, index) => `sitemap-${index + 1}.xml`)
  const files = Object.fromEntries(parts.map((part, index) => [names[index], urlSet(part)]))
  return { 'sitemap.xml': indexOf(names, siteUrl), ...files }
}

function split(elements: string[], { urls, bytes }: typeof MOST): string[][] {
  const parts: string[][] = []
  let room = 0
  for (const element of elements) {
    const last = parts.at(-1)
    const size = Buffer.byteLength(element) + 1
    if (last && last.length < urls && size <= room) last.push(element)
    else {
      parts.push([element])
      room = bytes - Buffer.byteLength(urlSet([]))
    }
    room -= size
  }
  return parts
}

function urlElement({ url, changed }: ListedPage, siteUrl: string): string {
  return `<url>${xmlElement('loc', siteUrl + url)}${changed ? xmlElement('lastmod', changed) : ''}</url>`
}

function urlSet(elements: string[]): string {
  return `${XML_HEAD}<urlset ${SCHEMA}>\n${elements.join('\n')}\n</urlset>\n`
}

function indexOf(names: string[], siteUrl: string): string {
  const sitemaps = names.map((name) => `<sitemap>${xmlElement('loc', `${siteUrl}/${name}`)}</sitemap>`)
  return `${XML_HEAD}<sitemapindex ${SCHEMA}>\n${sitemaps.join('\n')}\n</sitemapindex>\n`
}
