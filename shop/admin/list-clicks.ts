import { readFigures, titleProducts } from '../../db/figures.ts'
import type { App } from '../app.ts'
import { dayIn, lastDays, type Period } from './period.ts'

/** How often the links of a recommendation were followed. */
export type ProductClicks = { product_id: string; slug: string; title: string; clicks: number }
export type ClickReport = { period: Period; total: number; products: ProductClicks[] }

/** Clicks on recommendations in the last so many days, by product, the most clicked first. */
export async function listClicks(app: Pick<App, 'db' | 'now' | 'shop'>, days: number): Promise<ClickReport> {
  const { timeZone } = app.shop
  const period = lastDays(days, dayIn(timeZone, app.now()))
  const figures = await readFigures(app.db, { measures: ['product_click'], period, timeZone })
  const counts = new Map<string, number>()
  for (const { subject, count } of figures) counts.set(subject, (counts.get(subject) ?? 0) + count)
  const titles = await titleProducts(app.db, [...counts.keys()])
  const products = titles
    .map(({ id, slug, title }) => ({ product_id: id, slug, title, clicks: counts.get(id) ?? 0 }))
    .sort((a, b) => b.clicks - a.clicks || a.slug.localeCompare(b.slug))
  return { period, total: [...counts.values()].reduce((sum, count) => sum + count, 0), products }
}
