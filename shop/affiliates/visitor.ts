/** Who follows a link, as far as their browser says; no address. */
export type Visitor = {
  referrer: string | null
  userAgent: string | null
  /** Any program: crawlers, previews, scripts, browsers without a screen. */
  isBot: boolean
  /** A program that follows links to index or preview them and will never buy. */
  isCrawler: boolean
  /** The browser only prepares for a click that may never come. */
  isPrefetch: boolean
}
