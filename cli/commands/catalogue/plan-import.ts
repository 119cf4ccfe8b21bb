import type { CopiedProduct } from '../../../db/catalogue-copy.ts'
import type { ProductPatch } from '../../../db/product-editing.ts'
import type { App } from '../../../shop/app.ts'
import { type CatalogueEntry, readEntry } from '../../../shop/catalogue/catalogue-entry.ts'
import { checkProduct, type Faults, fieldsOf, type ProductContent } from '../../../shop/catalogue/product-check.ts'
import { slugOf } from '../../../shop/catalogue/slug.ts'
import type { RawEntry } from './entry-of.ts'

/** What an import does with a product; `changed` names the fields. */
export type Step =
  | { kind: 'add'; slug: string; copy: Partial<CopiedProduct> & ProductContent }
  | { kind: 'change'; slug: string; current: CopiedProduct; patch: ProductPatch & ProductContent; changed: string[] }
  | { kind: 'keep'; slug: string }

/** `faults` has a line for everything that is wrong; then nothing may be written. */
export type Plan = { steps: Step[]; faults: string[] }

type Known = { byId: Map<string, CopiedProduct>; bySlug: Map<string, CopiedProduct> }

/** Compares a catalogue's entries with the products that there are; writes nothing. */
export function planImport({ shop }: Pick<App, 'shop'>, entries: RawEntry[], products: CopiedProduct[]): Plan {
  const known = {
    byId: new Map(products.map((product) => [product.id, product])),
    bySlug: new Map(products.map((product) => [product.slug, product])),
  }
  const plan: Plan = { steps: [], faults: [] }
  for (const [index, raw] of entries.entries()) {
    const step = planEntry(raw, known, shop)
    const name = String(raw.slug || raw.id || raw.title || `product ${index + 1}`)
    if ('faults' in step)
      for (const [field, fault] of Object.entries(step.faults)) plan.faults.push(`${name}, ${field}: ${fault}`)
    else plan.steps.push(step)
  }
  return { ...plan, faults: [...plan.faults, ...findTwins(plan.steps)] }
}

function planEntry(raw: RawEntry, known: Known, shop: App['shop']): Step | { faults: Faults } {
  const entry = readEntry(raw)
  if ('faults' in entry) return entry
  const { id } = entry.facts
  const current = (id ? known.byId.get(id) : undefined) ?? known.bySlug.get(String(entry.fields.slug ?? ''))
  if (!current) return planAddition(entry, shop)
  if (id && current.id !== id) return { faults: { slug: `It belongs to ${current.id} here, and the file says ${id}.` } }
  return planChange(entry, current, shop)
}

function planAddition({ facts, fields }: CatalogueEntry, shop: App['shop']): Step | { faults: Faults } {
  const type = fields.type || (fields.link ? 'affiliate' : 'direct')
  const slug = fields.slug || slugOf(String(fields.title ?? ''))
  const currency = fields.currency || (type === 'direct' ? shop.currency : '')
  const empty = { title: '', summary: '', description: '', price: '', link: '', category: '', licence: '' }
  const lists = { tags: [], badges: [], images: [], samples: [] }
  const checked = checkProduct({ ...empty, ...lists, ...fields, type, slug, currency }, shop)
  if ('faults' in checked) return checked
  return { kind: 'add', slug: checked.product.slug, copy: { ...facts, ...checked.product } as typeof checked.product }
}

function planChange(
  { facts, fields }: CatalogueEntry,
  current: CopiedProduct,
  shop: App['shop'],
): Step | { faults: Faults } {
  const checked = checkProduct({ ...fieldsOf(current), ...fields }, shop)
  if ('faults' in checked) return checked
  if (checked.product.type !== current.type)
    return {
      faults: { type: `It is ${current.type} here; what was sold stays sold. Give the other one a slug of its own.` },
    }
  const { status = current.status, position = current.position } = facts
  const patch = { ...checked.product, status, position }
  const changed = Object.keys(patch).filter((name) => differs(current, patch, name as keyof typeof patch))
  if (changed.length === 0) return { kind: 'keep', slug: current.slug }
  return { kind: 'change', slug: current.slug, current, patch, changed }
}

function differs<Row>(a: Row, b: Row, name: keyof Row): boolean {
  return sorted(a[name]) !== sorted(b[name])
}

/** JSON whose keys are in one order: PostgreSQL keeps them in another than people type them. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}

function findTwins(steps: Step[]): string[] {
  const wanted = steps.map((step) =>
    step.kind === 'add' ? step.copy.slug : step.kind === 'change' ? step.patch.slug : step.slug,
  )
  const twins = wanted.filter((slug, index) => wanted.indexOf(slug) !== index)
  return [...new Set(twins)].map((slug) => `${slug}: two products of the file would have this address.`)
}
