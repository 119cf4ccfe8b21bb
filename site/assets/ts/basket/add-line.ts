import { type BasketLine, MOST_LINES } from './basket.ts'
import { changeBasket, recallBasket } from './kept-basket.ts'

/** Puts a product into the basket, unless it is there already; says what stands against it, or nothing. */
export function addLine(line: BasketLine): 'full' | 'currency' | 'unkept' | null {
  const lines = recallBasket()?.lines ?? []
  if (lines.some(({ slug }) => slug === line.slug)) return null
  if (lines.some(({ currency }) => currency !== line.currency)) return 'currency'
  if (lines.length >= MOST_LINES) return 'full'
  return changeBasket((basket) => ({ ...basket, lines: [...basket.lines, line] })) ? null : 'unkept'
}
