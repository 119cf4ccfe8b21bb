import * as z from 'zod/mini'
import { isSlug } from '../catalogue/slug.ts'

/** What a page reports about a click: which product, and nothing about who clicked. */
export const ClickReport = z.strictObject({ slug: z.string().check(z.refine(isSlug, 'must be the slug of a product')) })
