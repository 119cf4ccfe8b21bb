import { element } from '../element.ts'

const stage = document.getElementById('stage') as HTMLElement
const status = document.getElementById('status') as HTMLElement
const siteTitle = document.title
let isFirst = true

/** BCP 47, for dates, numbers and money. */
export const locale = document.documentElement.lang
/** IANA name of the zone that the shop's days are counted in. */
export const timeZone = stage.dataset.timeZone ?? 'UTC'
/** ISO 4217 in lower case: what new products are priced in, and what comes first. */
export const currency = stage.dataset.currency ?? 'eur'

/** Puts parts on the stage, in place of what was there. */
export function show(parts: HTMLElement[]): void {
  stage.replaceChildren(...parts)
}

/** Leads the reader to the heading of what was shown; a page that has just been opened keeps its focus at the top. */
export function lead(): void {
  const heading = stage.querySelector<HTMLElement>('h2')
  if (!heading) return
  document.title = `${heading.textContent} · ${siteTitle}`
  if (!isFirst) heading.focus({ preventScroll: true })
  if (!isFirst) scrollTo(0, 0)
  isFirst = false
}

/** Tells a screen reader what has happened. */
export function announce(text: string): void {
  // The same words twice in a row are read only when the element was empty between them.
  status.textContent = ''
  setTimeout(() => {
    status.textContent = text
  }, 50)
}

/** Says above the view what was done, to eyes and ears. */
export function say(text: string): void {
  stage.querySelector('.said')?.remove()
  stage.prepend(element('p', { className: 'notice said', textContent: text }))
  announce(text)
}
