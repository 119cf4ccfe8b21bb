import type { OldAddress, RetiredProduct } from '../../../db/old-addresses.ts'

/**
 * The text of Netlify's `_redirects`: earlier addresses lead on for good, and those of what is no longer for sale answer 410 with the
 * page that says so. Netlify takes a rule for both forms of an address, with and without the last slash.
 */
export function redirectsFile(moved: OldAddress[], retired: RetiredProduct[]): string {
  const gone = retired.map(({ slug }) => goneLine(slug, slug))
  const led = moved.map(({ old_slug, slug, status }) =>
    status === 'retired' ? goneLine(old_slug, slug) : `/store/${old_slug}/ /store/${slug}/ 301`,
  )
  return [...gone, ...led].map((line) => `${line}\n`).join('')
}

function goneLine(asked: string, slug: string): string {
  return `/store/${asked}/ ${goneUrl(slug)} 410`
}

/** Where the page of a retired product is built; visitors see it under the product's own address. */
export function goneUrl(slug: string): string {
  return `/gone/${slug}/`
}
