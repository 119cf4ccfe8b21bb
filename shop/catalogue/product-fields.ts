import * as z from 'zod/mini'
import { LONGEST_SIDE, PICTURE_TYPES } from './picture/read-picture.ts'
import { isSlug, RESERVED_SLUGS } from './slug.ts'

const count = (text: string) => [...text].length

/** Text that fits into `most` characters; `what` begins the sentence that says so. */
function text(what: string, most: number, least = 0) {
  return z.string(`${what} is a text.`).check(
    z.refine((value) => count(value.trim()) >= least, { message: `${what} is missing.`, abort: true }),
    z.refine((value) => count(value) <= most, `${what} has ${most} characters at most.`),
    z.refine((value) => !value.includes('\0'), `${what} has a character that cannot be kept.`),
  )
}

/** The same in one line, without what an address field or a pasted document leaves at the ends. */
function line(what: string, most: number, least = 0) {
  const isOneLine = (value: string) => !/[\p{Cc}\u2028\u2029]/u.test(value)
  const trimmed = z.string(`${what} is a text.`).check(z.trim(), z.refine(isOneLine, `${what} is one line.`))
  return trimmed.check(
    z.refine((value) => count(value) >= least, { message: `${what} is missing.`, abort: true }),
    z.refine((value) => count(value) <= most, `${what} has ${most} characters at most.`),
  )
}

function words(what: string, most: number, item: z.ZodMiniType<string, string>) {
  return z
    .array(item, `${what} are a list.`)
    .check(z.maxLength(most, `There are ${most} ${what.toLowerCase()} at most.`))
}

const wordForm = 'is written with a to z, 0 to 9 and -, such as wall-art'
const sha256 = z.string('A picture is named by its SHA-256.').check(z.regex(/^[0-9a-f]{64}$/, 'That is no SHA-256.'))
const pixels = z
  .int('Pixels are counted.')
  .check(z.gte(1, 'A picture has pixels.'), z.lte(LONGEST_SIDE, 'A picture has fewer pixels.'))
const alt = line('What it shows, for people who cannot see it,', 300, 1)

export const PICTURE = z.strictObject({
  sha256,
  alt,
  width: pixels,
  height: pixels,
  content_type: z.enum(PICTURE_TYPES, `A picture is one of ${PICTURE_TYPES.join(', ')}.`),
})

const SAMPLE = z.strictObject({
  kind: z.enum(['audio', 'pdf', 'image'], 'A sample is audio, pdf or image.'),
  sha256,
  alt,
  content_type: z.string().check(z.regex(/^[a-z0-9.+-]+\/[a-z0-9.+-]+$/, 'A type is two words, such as audio/wav.')),
  width: z.optional(pixels),
  height: z.optional(pixels),
  seconds: z.optional(z.number().check(z.gte(0))),
  pages: z.optional(z.array(PICTURE)),
})

/** What a seller says about a product, each field in the form in which it is typed; what belongs together is checked by checkProduct. */
export const PRODUCT_FIELDS = z.strictObject({
  type: z.enum(['direct', 'affiliate'], 'Say whether you sell it (direct) or recommend it (affiliate).'),
  slug: z.string('The address is a text.').check(
    z.refine(isSlug, 'The address is 1 to 80 of a to z, 0 to 9 and -, such as small-and-finished.'),
    z.refine((slug) => !RESERVED_SLUGS.includes(slug), 'That address belongs to the store itself. Choose another.'),
  ),
  title: line('The title', 200, 1),
  summary: line('The summary', 300),
  /** Markdown. */
  description: text('The description', 50_000),
  /** Empty for what others sell. */
  price: z.string('The price is a text, such as 19.00.'),
  currency: z.string('The currency is three letters.').check(z.toLowerCase()),
  /** Empty for what we sell. */
  link: z.string('The link is an address.').check(z.trim(), z.maxLength(2_000, 'The link is too long.')),
  /** Empty for none. */
  category: z.string('The category is a word.').check(z.regex(/^[a-z0-9-]{0,60}$/, `A category ${wordForm}.`)),
  tags: words('Tags', 20, z.string().check(z.regex(/^[a-z0-9-]{1,60}$/, `A tag ${wordForm}.`))),
  badges: words('Badges', 6, line('A badge', 40, 1)),
  /** Markdown; empty where the shop's terms say all. */
  licence: text('The licence', 20_000),
  images: z.array(PICTURE, 'Pictures are a list.').check(z.maxLength(20, 'There are 20 pictures at most.')),
  samples: z.array(SAMPLE, 'Samples are a list.').check(z.maxLength(20, 'There are 20 samples at most.')),
})

/** A product as it is typed. */
export type ProductFields = z.infer<typeof PRODUCT_FIELDS>
export type ProductField = keyof ProductFields
