const place = document.getElementById('portal') as HTMLElement
const status = document.getElementById('portal-status') as HTMLElement
const siteTitle = document.title
let isFirst = true

/** Where to write to when nothing else helps. */
export const supportLink = `mailto:${place.dataset.support}`
/** Whether the shop mails links to all orders. */
export const mailsLinks = 'emailLink' in place.dataset

/** Puts a view of the page's templates on the stage. @returns the stage, with the view in it */
export function showView(name: string): HTMLElement {
  const template = document.getElementById(name)
  if (!(template instanceof HTMLTemplateElement)) throw new TypeError(`there is no view ${name}`)
  place.replaceChildren(template.content.cloneNode(true))
  return place
}

/** Puts drawn parts on the stage. */
export function showParts(parts: HTMLElement[]): HTMLElement {
  place.replaceChildren(...parts)
  return place
}

/**
 * Leads the reader to the view's heading, once everything is in it. A page that has just been opened keeps its focus at the top,
 * as every page does.
 */
export function leadToHeading(): void {
  const heading = place.querySelector<HTMLElement>('h2')
  if (!heading) return
  document.title = `${heading.textContent} · ${siteTitle}`
  if (!isFirst) {
    heading.focus()
    heading.scrollIntoView({ block: 'nearest' })
  }
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

/** Says above the view what was done. */
export function say(text: string): void {
  const note = document.createElement('p')
  note.className = 'notice said'
  note.textContent = text
  place.prepend(note)
  announce(text)
}
