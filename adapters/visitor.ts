import { isbot } from 'isbot'
import type { Visitor } from '../shop/affiliates/visitor.ts'

/** What affiliate_clicks keeps of a header, in characters. */
const LONGEST = 512

/** How crawlers and link previews call themselves; a script or a browser without a screen may be a customer's, or the seller's own test. */
const CRAWLER =
  /bot\b|crawl|spider|slurp|preview|externalhit|facebot|whatsapp|embedly|pinterest|vkshare|snapchat|mediapartners|feedfetcher|ia_archiver/i

/** Who follows a link, as far as the request says. */
export function readVisitor({ headers }: Request): Visitor {
  const userAgent = headers.get('user-agent')
  return {
    referrer: storable(headers.get('referer')),
    userAgent: storable(userAgent),
    // Somebody without a user agent is a program that does not say so.
    isBot: !userAgent || isbot(userAgent),
    isCrawler: CRAWLER.test(userAgent ?? ''),
    isPrefetch: /prefetch|prerender/i.test(`${headers.get('sec-purpose') ?? ''} ${headers.get('purpose') ?? ''}`),
  }
}

/** Text that Postgres takes: short, and without the control characters and lone surrogates that a header can smuggle. */
function storable(value: string | null): string | null {
  const text = value
    ?.replace(/\p{Cc}/gu, '')
    .slice(0, LONGEST)
    .toWellFormed()
  return text || null
}
