import { isSlug } from '../../../../shop/catalogue/slug.ts'
import type { BasketLine } from './basket.ts'

/** The lines under the slugs that their products have today; one that is there already under its new name stays as it is. */
export function moveLines(lines: BasketLine[], moved: { slug: string; moved_to: string }[]): BasketLine[] {
  return lines.flatMap((line) => {
    const to = moved.find(({ slug }) => slug === line.slug)?.moved_to
    if (to === undefined || !isSlug(to)) return [line]
    return lines.some(({ slug }) => slug === to) ? [] : [{ ...line, slug: to }]
  })
}
