import { element } from '../element.ts'

/** The picture of a product, and its page; a product that is no longer on the shelf has neither. */
export function drawCover(slug: string): { picture: HTMLElement; href: string | null } {
  const covers = document.getElementById('covers') as HTMLTemplateElement
  const found = [...covers.content.querySelectorAll<HTMLElement>('[data-slug]')].find(
    ({ dataset }) => dataset.slug === slug,
  )
  const cover = found instanceof HTMLImageElement ? [document.importNode(found, true)] : []
  // The picture says nothing that the title beside it does not.
  const picture = element('div', { className: 'purchase-cover', ariaHidden: 'true' }, cover)
  return { picture, href: found ? `/store/${slug}/` : null }
}
