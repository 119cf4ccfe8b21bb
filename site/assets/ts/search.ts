import { searchWords } from '../../_data/search-words.ts'
import { loadIndex } from './search/load-index.ts'
import { showResults } from './search/show-results.ts'
import { suggest } from './search/suggest.ts'

/** Makes the search field of a page suggest while somebody types, and fills the page of results. */
const form = document.querySelector<HTMLFormElement>('form[data-index]')
const input = form?.querySelector('input')
const list = form?.querySelector<HTMLElement>('[role=listbox]')
if (form && input && list) {
  const load = loadIndex(form.dataset.index ?? '')
  suggest({ input, list, load })
  const page = document.querySelector<HTMLElement>('[data-results]')
  const query = new URLSearchParams(location.search).get('q')?.trim() ?? ''
  if (page && query) {
    input.value = query
    document.title = `${query} · ${document.title}`
    void showResults({ page, query, load, words: searchWords })
  }
}
