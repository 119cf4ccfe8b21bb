import * as z from 'zod/mini'
import { LARGEST_UPLOAD } from './upload-parts.ts'

const id = (prefix: string) => z.string().check(z.regex(new RegExp(`^${prefix}_[A-Za-z0-9_]{4,60}$`)))
const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/))
const version = z.int().check(z.gte(1))
const text = (most: number) => z.string().check(z.maxLength(most))

/** Asks for a page of the seller's list: `after` is the `next` of the page before. */
export const ProductsRequest = z.strictObject({
  search: z.optional(text(200)),
  state: z.optional(z.enum(['draft', 'published', 'retired'])),
  after: z.optional(z.strictObject({ position: z.int(), slug: text(80) })),
})

/** Names one product. */
export const ProductRequest = z.strictObject({ product_id: id('prd') })

/** A product as it was typed; without an id it is a new one. The fields are checked, and complained about, by checkProduct. */
export const SaveRequest = z.union([
  z.strictObject({ fields: z.record(z.string(), z.unknown()) }),
  z.strictObject({ product_id: id('prd'), version, fields: z.record(z.string(), z.unknown()) }),
])

const named = { product_id: id('prd') }

/** What can be done with a product beside editing it. */
export const ProductChange = z.discriminatedUnion('action', [
  z.strictObject({ ...named, version, action: z.literal('publish'), without_files: z.optional(z.boolean()) }),
  z.strictObject({ ...named, version, action: z.literal('retire') }),
  z.strictObject({ ...named, action: z.literal('move'), place: z.enum(['before', 'after']), other_id: id('prd') }),
])
export type ProductChange = z.infer<typeof ProductChange>

/** Names a picture. */
export const PictureRequest = z.strictObject({ sha256 })

const whole = { sha256, size_bytes: z.int().check(z.gte(1), z.lte(LARGEST_UPLOAD)) }

/** A file that is about to come in parts. */
export const UploadRequest = z.strictObject(whole)

/** A file whose parts have all come, and what it is for. */
export const FinishRequest = z.union([
  z.strictObject({ ...whole, use: z.literal('picture') }),
  z.strictObject({
    ...{ ...whole, ...named, use: z.literal('file') },
    slot: text(40),
    filename: text(400),
    changelog: text(1_000),
  }),
])
export type FinishRequest = z.infer<typeof FinishRequest>

/** Takes a version of a file from everybody who bought it, or gives it back. */
export const FileChange = z.strictObject({ file_id: id('fil'), action: z.enum(['withdraw', 'restore']) })
export type FileChange = z.infer<typeof FileChange>
