import pages from '#error-pages'

/** Which of the shop's error pages tells a person about a failure with this code; everything unnamed is "try again". */
const PAGE_BY_CODE: Partial<Record<string, keyof typeof pages>> = {
  not_found: 'not-found',
  gone: 'gone',
  forbidden: 'forbidden',
  link_expired: 'link-expired',
  vendor_refused: 'checkout-refused',
  unauthenticated: 'bad-link',
  invalid_input: 'bad-link',
  method_not_allowed: 'bad-link',
}

/** A failure as a page of the shop; Eleventy drew it, and the build bundled its text into the function. */
export function errorPage(failure: { status: number; code: string }, headers: Record<string, string>): Response {
  const html = pages[PAGE_BY_CODE[failure.code] ?? 'unavailable']
  return new Response(html, {
    status: failure.status,
    headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  })
}
