/** Who follows a link, as far as their browser says; no address. */
export type Visitor = {
  referrer: string | null
  userAgent: string | null
  isBot: boolean
  /** The browser only prepares for a click that may never come. */
  isPrefetch: boolean
}
