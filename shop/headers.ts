type Headers = Record<string, string>

/** What every answer carries, static or not. */
const EVERYWHERE: Headers = {
  'strict-transport-security': 'max-age=63072000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}

const BEFORE_STYLES = ["default-src 'none'", "script-src 'self'"]
const AFTER_STYLES = [
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "media-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
]

/** Beside the shop's own files, only style blocks with these hashes count, and pictures from these sources. */
function pagePolicy(styleSources: string[] = [], imageSources: string[] = []): string {
  const own = [
    ["style-src 'self'", ...styleSources],
    ["img-src 'self'", ...imageSources],
  ].map((part) => part.join(' '))
  return [...BEFORE_STYLES, ...own, ...AFTER_STYLES].join('; ')
}

const PRIVATE_PAGE: Headers = {
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex, nofollow',
}

/**
 * The headers of the static pages by Netlify's path patterns, for `_headers`; rules of a longer path come after the general one.
 * @param siteUrl the shop's origin: only https may ask browsers to upgrade every request
 * @param styleSources what `style-src` allows beside files: `'sha256-…'` of each block that stands in a page
 */
export function staticHeaders(siteUrl: string, styleSources: string[]): Record<string, Headers> {
  const upgrade = siteUrl.startsWith('https:') ? '; upgrade-insecure-requests' : ''
  return {
    '/*': {
      ...EVERYWHERE,
      'content-security-policy': pagePolicy(styleSources) + upgrade,
      'referrer-policy': 'strict-origin-when-cross-origin',
    },
    '/assets/*': { 'cache-control': 'public, max-age=31536000, immutable' },
    '/success/*': PRIVATE_PAGE,
    '/purchases/*': PRIVATE_PAGE,
    // A picture is shown before it is sent; no styles stand in the page.
    '/admin/*': { ...PRIVATE_PAGE, 'content-security-policy': pagePolicy([], ['blob:']) + upgrade },
  }
}

/** Kinds of answers that functions give. */
export type AnswerKind = 'json' | 'page' | 'redirect' | 'download'

const UNCACHED: Headers = { 'cache-control': 'private, no-store', 'netlify-cdn-cache-control': 'no-store' }

const BY_KIND: Record<AnswerKind, Headers> = {
  json: {
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    // Who asks is in a cookie: of the portal, or of the browser that bought.
    vary: 'Cookie',
  },
  page: {
    'content-security-policy': pagePolicy(),
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
  },
  redirect: { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow' },
  download: {
    'content-security-policy': "sandbox; default-src 'none'",
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex',
  },
}

/** What a function's answer of this kind carries, besides its own headers: Netlify's `_headers` never reach functions. */
export function functionHeaders(kind: AnswerKind): Headers {
  return { ...EVERYWHERE, ...UNCACHED, ...BY_KIND[kind] }
}
