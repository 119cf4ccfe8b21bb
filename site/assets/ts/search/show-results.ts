import type { searchWords } from '../../../_data/search-words.ts'
import { element } from '../element.ts'
import { findProducts } from './find-products.ts'
import type { LoadIndex } from './load-index.ts'
import type { Entry } from './search-index.ts'

type Stage = { page: HTMLElement; query: string; load: LoadIndex; words: typeof searchWords }

const MOST = 60

/** Fills the page of results for a query; its first line is announced to screen readers. */
export async function showResults({ page, query, load, words }: Stage): Promise<void> {
  const status = element('p', { role: 'status', className: 'search-status' })
  page.replaceChildren(status)
  const entries = await load().catch(() => null)
  const found = entries && findProducts(entries, query)
  status.textContent = describe(found, query, words)
  if (!found?.length) return
  page.append(element('ol', { className: 'search-results', role: 'list' }, found.slice(0, MOST).map(line)))
  if (found.length > MOST) page.append(element('p', { textContent: words.more(MOST) }))
}

function describe(found: Entry[] | null, query: string, words: Stage['words']): string {
  if (!found) return words.down
  return found.length > 0 ? words.found(found.length, query) : words.none(query)
}

function line({ title, url, price }: Entry): HTMLElement {
  const link = element('a', { href: url, textContent: title })
  return element('li', {}, [link, element('span', { className: 'kinds', textContent: price })])
}
