import type { ProductDocument } from '../../../../../shop/catalogue/product-document.ts'
import type { ProductField, ProductFields } from '../../../../../shop/catalogue/product-fields.ts'
import { adminProductWords } from '../../../../_data/admin-product-words.ts'
import { element } from '../../element.ts'
import { askSure } from '../confirm.ts'
import { drawChoice } from '../fields.ts'

const words = adminProductWords.conflict

/** Three states of a product: what both editors began with, and what each has made of it. */
export type Editions = { base: ProductFields; mine: ProductFields; theirs: ProductDocument }

/**
 * Puts two editors' work together: what only one has changed is taken from that one; where both have, the reader chooses between both
 * texts. Null when the reader would rather not.
 */
export async function settleConflict(editions: Editions, who: string): Promise<ProductFields | null> {
  const { both, onlyTheirs } = compareEditions(editions)
  const choices = both.map((name) => drawCollision(name, editions))
  const taken =
    onlyTheirs.length > 0 ? [words.merged(onlyTheirs.map((name) => adminProductWords.fields[name]).join(', '))] : []
  const texts = [words.text(who), ...taken, ...(both.length > 0 ? [words.choose] : [])]
  const body = element(
    'div',
    { className: 'collisions' },
    choices.map(({ part }) => part),
  )
  if (!(await askSure({ title: words.title, texts, body, button: words.button }))) return null
  const chosen = choices.filter(({ isTheirs }) => isTheirs()).map(({ name }) => name)
  return putTogether(editions, [...onlyTheirs, ...chosen])
}

/** Which fields both have changed to different things, and which only the other. */
export function compareEditions({ base, mine, theirs }: Editions): {
  both: ProductField[]
  onlyTheirs: ProductField[]
} {
  const names = Object.keys(base) as ProductField[]
  const differs = (a: ProductFields, b: ProductFields, name: ProductField) =>
    JSON.stringify(a[name]) !== JSON.stringify(b[name])
  const changed = names.filter((name) => differs(theirs, base, name) && differs(theirs, mine, name))
  return {
    both: changed.filter((name) => differs(mine, base, name)),
    onlyTheirs: changed.filter((name) => !differs(mine, base, name)),
  }
}

function putTogether({ mine, theirs }: Editions, fromThem: ProductField[]): ProductFields {
  return { ...mine, ...Object.fromEntries(fromThem.map((name) => [name, theirs[name]])) }
}

function drawCollision(name: ProductField, { mine, theirs }: Editions) {
  const group = { type: 'radio', name: `keep-${name}` }
  const ours = drawChoice(`${words.mine}: ${sayValue(mine[name])}`, { ...group, value: 'mine', checked: true })
  const others = drawChoice(`${words.theirs}: ${sayValue(theirs[name])}`, { ...group, value: 'theirs' })
  const legend = element('legend', { textContent: adminProductWords.fields[name] })
  const part = element('fieldset', { className: 'collision' }, [legend, ours.line, others.line])
  return { name, part, isTheirs: () => others.input.checked }
}

/** A field's value for reading; of a picture, what it shows. */
function sayValue(value: unknown): string {
  if (!Array.isArray(value)) return String(value) || words.empty
  const items = value.map((item: unknown) =>
    typeof item === 'object' && item !== null && 'alt' in item ? `“${item.alt}”` : String(item),
  )
  return items.join(', ') || words.empty
}
