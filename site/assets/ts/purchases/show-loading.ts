import { purchaseWords as words } from '../../../_data/purchase-words.ts'
import { element } from '../element.ts'
import { announce, showParts } from './stage.ts'

/** Keeps the places where the orders will stand, so that nothing jumps when they come. */
export function showLoading(): void {
  const place = (className: string) => element('div', { className: `ghost ${className}` })
  const order = () => element('div', { className: 'ghost-purchase' }, [place('ghost-title'), place('ghost-item')])
  const ghosts = element('div', { className: 'ghosts', ariaHidden: 'true' }, [place('ghost-bar'), order(), order()])
  showParts([ghosts])
  announce(words.list.loading)
}
