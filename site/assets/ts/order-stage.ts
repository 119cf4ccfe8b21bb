import type { Leads } from './draw-actions.ts'
import { renewLinks } from './draw-files.ts'
import { drawOrder } from './draw-order.ts'
import type { OrderView } from './order-view.ts'

/** Where the page shows the order. */
export const place = document.getElementById('order') as HTMLElement
/** The language of the page, which is the shop's. */
export const locale = document.documentElement.lang
/** Where to write to when nothing else helps. */
export const support = `mailto:${place.dataset.support}`

/** Tells a screen reader how things stand, in two sentences: the whole list of files would be too much at once. */
const status = document.getElementById('order-status') as HTMLElement
let drawn = ''

/**
 * Puts a view on the stage, but only when something changed, so that a screen reader is not told the same thing at every look; links
 * are renewed in any case.
 */
export function showOrder(view: OrderView, leads: Leads): void {
  const said = JSON.stringify(view, (key, value: unknown) => (key === 'url' ? '' : value))
  if (said === drawn) renewLinks(place, view.files)
  else {
    drawOrder(place, view, leads)
    announce(`${view.title} ${view.text}`)
  }
  drawn = said
}

/** Has a screen reader say what has happened. */
export function announce(text: string): void {
  status.textContent = text
}
