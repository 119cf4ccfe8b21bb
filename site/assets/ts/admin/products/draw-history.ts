import type { ProductField } from '../../../../../shop/catalogue/product-fields.ts'
import type { ProductChange } from '../../../../../shop/catalogue/stored-product.ts'
import { adminProductWords } from '../../../../_data/admin-product-words.ts'
import { element } from '../../element.ts'
import { sayMoment } from '../format.ts'

const words = adminProductWords.history
/** What the form calls by other names than the tables. */
const FIELDS: Record<string, ProductField> = { unit_amount: 'price', affiliate_url: 'link' }

/** Who has changed what, newest first. */
export function drawHistory(changes: ProductChange[]): HTMLElement {
  const entries = changes.map(({ actor, change, changed_at }) =>
    element('li', { className: 'entry' }, [
      element('time', { textContent: sayMoment(changed_at) }),
      element('p', { textContent: `${sayChange(change)} ` }, [element('span', { textContent: words.by(actor) })]),
    ]),
  )
  const list = element('ol', { className: 'timeline', role: 'list' }, entries)
  const none = element('p', { className: 'hint', textContent: words.none })
  return element('section', {}, [element('h3', { textContent: words.title }), changes.length > 0 ? list : none])
}

function sayChange(change: ProductChange['change']): string {
  if (change.added) return words.added
  if (change.file) return words.file(String(change.file.to))
  if (change.withdrawn) return words.withdrawn(String(change.withdrawn.to))
  if (change.restored) return words.restored(String(change.restored.to))
  const { status, position, ...fields } = change
  const names = Object.keys(fields).map(
    (name) => adminProductWords.fields[FIELDS[name] ?? (name as ProductField)] ?? name,
  )
  const parts = [
    ...(status ? [words.state(adminProductWords.states[String(status.to)] ?? '')] : []),
    ...(names.length > 0 ? [words.changed(names.join(', '))] : []),
    ...(position ? [words.moved] : []),
  ]
  return parts.join('. ')
}
