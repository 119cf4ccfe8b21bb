import { adminProductWords as words } from '../../../../_data/admin-product-words.ts'
import { element } from '../../element.ts'

/** Says whether there are changes that are not saved, and asks before the page is left with them. */
export function watchUnsaved(isUnsaved: () => boolean) {
  const mark = element('span', { className: 'hint unsaved' })
  const warn = (event: BeforeUnloadEvent) => {
    if (!mark.isConnected) removeEventListener('beforeunload', warn)
    else if (isUnsaved()) event.preventDefault()
  }
  addEventListener('beforeunload', warn)
  return {
    element: mark,
    isUnsaved,
    tell: () => {
      mark.textContent = isUnsaved() ? words.unsaved : ''
    },
  }
}
