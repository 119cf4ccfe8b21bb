import pages from '#error-pages'
import { escapeHtml } from '../shop/mail/mail-layout.ts'

export type PageName = keyof typeof pages

/** Where a page has its form's token; site/_data/error-words.ts writes the same. */
const TOKEN_BLANK = '%token%'

/** Which of the shop's error pages tells a person about a failure with this code; everything unnamed is "try again". */
const PAGE_BY_CODE: Partial<Record<string, PageName>> = {
  not_found: 'not-found',
  file_withdrawn: 'file-withdrawn',
  gone: 'gone',
  forbidden: 'forbidden',
  downloads_used_up: 'downloads-used-up',
  link_expired: 'link-expired',
  link_outdated: 'link-outdated',
  too_many_requests: 'too-often',
  too_many_checkouts: 'too-many-checkouts',
  too_many_downloads: 'too-many-downloads',
  vendor_refused: 'checkout-refused',
  file_unavailable: 'file-unavailable',
  unauthenticated: 'bad-link',
  invalid_input: 'bad-link',
  method_not_allowed: 'bad-link',
}

type Failure = { status: number; code: string; token: string }

/** A failure as a page of the shop; Eleventy drew it, and the build bundled its text into the function. */
export function errorPage({ status, code, token }: Failure, headers: Record<string, string>): Response {
  const answer = shopPage(PAGE_BY_CODE[code] ?? 'unavailable', status, token)
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value)
  return answer
}

/** One of the pages that are bundled into the functions; its form, if it has one, asks for a fresh link with this token. */
export function shopPage(page: PageName, status: number, token = ''): Response {
  const html = pages[page].replace(TOKEN_BLANK, () => escapeHtml(token))
  return new Response(html, { status, headers: { 'content-type': 'text/html; charset=utf-8' } })
}
