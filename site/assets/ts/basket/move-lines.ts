import { isSlug } from '../../../../shop/catalogue/slug.ts'
import type { BasketLine } from './basket.ts'
import type { Missing } from './checkout-answer.ts'

/** The lines under the slugs that their products have today; one that is there already under its new name stays as it is. */
export function moveLines(lines: BasketLine[], items: Missing[]): BasketLine[] {
  return lines.flatMap((line) => {
    const to = items.find(({ slug }) => slug === line.slug)?.moved_to
    if (typeof to !== 'string' || !isSlug(to)) return [line]
    return lines.some(({ slug }) => slug === to) ? [] : [{ ...line, slug: to }]
  })
}
