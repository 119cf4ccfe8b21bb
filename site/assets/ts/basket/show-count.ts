import type { Basket } from './basket.ts'

/** Shows in the header how full the basket is. Where a browser keeps nothing, a page shows nothing of a basket. */
export function showCount(basket: Basket | null): void {
  if (!basket) return
  document.documentElement.classList.add('has-basket')
  const count = basket.lines.reduce((sum, { quantity }) => sum + quantity, 0)
  for (const place of document.querySelectorAll('.basket-count')) place.textContent = count ? String(count) : ''
}
