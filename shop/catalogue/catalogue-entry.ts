import * as z from 'zod/mini'
import type { Faults } from './product-check.ts'
import type { ProductFields } from './product-fields.ts'
import { isSlug } from './slug.ts'

/** An address that a product had before. */
export type EarlierSlug = { slug: string; changed_at: string }

/** What a catalogue's file knows about a product beside the fields that a seller types. Moments are PostgreSQL's text of a timestamptz. */
export type EntryFacts = {
  id?: string | undefined
  status?: 'draft' | 'published' | 'retired' | undefined
  position?: number | undefined
  version?: number | undefined
  created_at?: string | undefined
  updated_at?: string | undefined
  published_at?: string | undefined
  earlier_slugs?: EarlierSlug[] | undefined
}

/** A product in a catalogue's file: the fields that it names, as they are typed. */
export type CatalogueEntry = { facts: EntryFacts; fields: Partial<Record<keyof ProductFields, unknown>> }

const number = (most: number) =>
  z
    .pipe(z.string().check(z.regex(/^-?\d{1,10}$/, 'is a whole number')), z.transform(Number))
    .check(z.refine((value) => Math.abs(value) <= most, 'is too large'))
const moment = z.string().check(z.refine((text) => !Number.isNaN(Date.parse(asIso(text))), 'is no moment'))

const FACTS = z.object({
  id: z.optional(z.string().check(z.regex(/^prd_[A-Za-z0-9_]{4,60}$/, 'is no id of a product'))),
  status: z.optional(z.enum(['draft', 'published', 'retired'], 'is draft, published or retired')),
  position: z.optional(number(2_147_483_647)),
  version: z.optional(number(2_147_483_647)),
  created_at: z.optional(moment),
  updated_at: z.optional(moment),
  published_at: z.optional(moment),
  earlier_slugs: z.optional(
    z.array(z.strictObject({ slug: z.string().check(z.refine(isSlug, 'is no address')), changed_at: moment })),
  ),
})
const NAMES = Object.keys(FACTS.shape)

/** Numbers within pictures and samples; files carry every value as text, so that none is rounded. */
const NUMBERS = new Set(['width', 'height', 'seconds'])

/** Takes apart what a file says about a product. Empty facts count as not said. */
export function readEntry(raw: Record<string, unknown>): CatalogueEntry | { faults: Faults } {
  const said = Object.entries(raw).filter(([name, value]) => NAMES.includes(name) && value !== '' && value !== null)
  const parsed = z.safeParse(FACTS, Object.fromEntries(said))
  if (!parsed.success) {
    const told = parsed.error.issues.map(({ path, message }) => [path.join('.'), `It ${message}.`])
    return { faults: Object.fromEntries(told) }
  }
  const typed = Object.entries(raw).filter(([name]) => !NAMES.includes(name))
  return { facts: parsed.data, fields: Object.fromEntries(typed.map(([name, value]) => [name, withNumbers(value)])) }
}

function withNumbers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNumbers)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, asNumber(name, inner)]))
}

function asNumber(name: string, value: unknown): unknown {
  const isNumber = NUMBERS.has(name) && typeof value === 'string' && /^\d+(\.\d+)?$/.test(value)
  return isNumber ? Number(value) : withNumbers(value)
}

function asIso(stamp: string): string {
  return stamp.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')
}
