import * as z from 'zod/mini'
import { InvalidInput } from './errors.ts'

const text = (max: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(max))
const count = (min: number, max: number) => z.int().check(z.gte(min), z.lte(max))

const Shop = z.strictObject({
  /** The shop's name, in the header, the page titles and the mails. */
  name: text(60),
  /** One sentence under the name and in search results. */
  tagline: text(160),
  /** Who sells: the disclosure that the law asks for, on the legal pages and under every mail. */
  seller: z.strictObject({
    name: text(100),
    address: z.array(text(100)).check(z.minLength(1), z.maxLength(6)),
    /** Tax or company register numbers, one line each; may be empty. */
    registrations: z.array(text(100)).check(z.maxLength(6)),
  }),
  /** Where buyers write to. */
  supportEmail: z.email(),
  /** ISO 4217, lower case; new products are priced in it. */
  currency: z.string().check(z.regex(/^[a-z]{3}$/, 'must be three lower-case letters, such as "eur"')),
  /** BCP 47, for dates and money. */
  locale: z.string().check(z.refine(isLocale, 'must be a BCP 47 language tag, such as "en" or "de-DE"')),
  /** IANA name of the time zone in which your days begin, for what you see of your sales. */
  timeZone: z.string().check(z.refine(isTimeZone, 'must be a time zone, such as "Europe/Berlin"')),
  checkout: z.strictObject({
    /** Whether the payment page takes promotion codes, which you make in Stripe's dashboard. */
    promotionCodes: z.boolean(),
    /** Whether Stripe Tax works out the tax. Your address and your registrations must stand in its dashboard first. */
    automaticTax: z.boolean(),
    /** Whether your prices have the tax in them, or have it added on the payment page; used with `automaticTax` alone. */
    taxBehavior: z.enum(['inclusive', 'exclusive']),
    /** Stripe's code for what you sell, such as `txcd_10302000` for ebooks; null for the one that its dashboard has as preset. */
    taxCode: z.nullable(z.string().check(z.regex(/^txcd_\d{8}$/, 'must be one of Stripe’s, such as "txcd_10302000"'))),
    /** Whether Stripe writes an invoice for every payment, for which it charges. */
    invoices: z.boolean(),
    /** Whether the buyer must agree to your terms before paying. Their address must stand in Stripe's dashboard first. */
    termsOfService: z.boolean(),
  }),
  links: z.strictObject({
    /** Minutes that a download link lives; it is in an address, so 15 at most. */
    downloadMinutes: count(1, 15),
    /** Days that the link in a receipt opens the order. */
    receiptDays: count(1, 3650),
  }),
  downloads: z.strictObject({
    /** Whether a buyer may fetch earlier versions of a file beside the current one. */
    earlierVersions: z.boolean(),
    /** Minutes that the address of a file in an S3 bucket lives once it is handed out; nothing can take it back sooner. */
    s3LinkMinutes: count(1, 60),
    /** Downloads of a bought item in all, or null for as many as the buyer likes. */
    perItem: z.nullable(count(1, 10_000)),
    /** Downloads of a bought item within 24 hours; beyond them the buyer waits and the seller is told. */
    dailyPerItem: count(1, 1_000),
  }),
  portal: z.strictObject({
    /** Whether /purchases offers a link by mail to buyers who have no account. */
    emailLink: z.boolean(),
  }),
  refunds: z.strictObject({
    /** What a partial refund closes: the `items` that it pays back, `never` anything, or `always` the whole order. */
    revoke: z.enum(['items', 'never', 'always']),
  }),
  notices: z.strictObject({
    /** Where the shop writes to its seller: disputes, orders to look at, work that failed. */
    to: z.email(),
    /** Minutes within which further notices of a kind wait for each other and come in one mail; 0 sends each by itself. */
    digestMinutes: count(0, 60),
    /** A sale. */
    newSale: z.boolean(),
    /** A dispute or an inquiry, and how it ended. */
    dispute: z.boolean(),
    /** Stripe's early warning that a payment may be fraud. */
    fraudWarning: z.boolean(),
    /** An order whose amounts are not what the shop asked for: nothing but you decides about it. */
    review: z.boolean(),
    /** Work that was given up. */
    deadJob: z.boolean(),
    /** A vendor refuses the shop's key. */
    keyRefused: z.boolean(),
    /** Deliveries whose signature is wrong. */
    rejectedDeliveries: z.boolean(),
    /** An item that is downloaded as often as several people would. */
    unusualDownloads: z.boolean(),
    /** A sold file that its store does not have. */
    missingFile: z.boolean(),
    /** A mail to a buyer that came back, or was called spam. */
    mailReturned: z.boolean(),
    /** Pages that are not built although the catalogue has changed. */
    buildFailed: z.boolean(),
    /** Something of Stripe's that no event told, found by comparing. */
    reconciled: z.boolean(),
    /** Unusually many payment pages opened. */
    checkoutFlood: z.boolean(),
  }),
  affiliate: z.strictObject({
    /** `redirect`: /go/:slug counts the click and redirects. `direct`: the page links to the shop itself. */
    linkMode: z.enum(['redirect', 'direct']),
    /** Your tracking ids by the host of Amazon's that they are for; a link leads to one of these hosts and carries one of its ids. */
    tags: z.record(
      z
        .string()
        .check(
          z.regex(/^(www\.)?amazon\.[a-z]{2,3}(\.[a-z]{2})?$/, 'must be a host of Amazon’s, such as "www.amazon.com"'),
        ),
      z
        .array(z.string().check(z.regex(/^[\w-]{2,60}-\d{2}$/, 'must be a tracking id, such as "myshop-20"')))
        .check(z.minLength(1)),
    ),
    /** The sentence that stands before the first affiliate link of a page. */
    disclosure: text(300),
  }),
})

/** A validated shop.config.ts. */
export type Shop = z.infer<typeof Shop>

/**
 * Validates what a seller wrote in shop.config.ts.
 * @throws InvalidInput naming every field that is wrong, one line each
 */
export function defineShop(settings: Shop): Shop {
  const parsed = z.safeParse(Shop, settings)
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.') || 'shop'}: ${describe(issue)}`)
  throw new InvalidInput(`shop.config.ts is not valid:\n${lines.join('\n')}`)
}

function describe(issue: { message?: string; code?: string; keys?: readonly string[] }): string {
  if (issue.code === 'unrecognized_keys') return `unknown field ${issue.keys?.join(', ')}`
  return issue.message || 'invalid'
}

function isTimeZone(name: string): boolean {
  try {
    // Postgres reads names like "+02" and "EST5" the other way round, or otherwise.
    return (
      /^(UTC|[A-Za-z_]+(\/[A-Za-z_+-]+){1,2})$/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }) !== null
    )
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
