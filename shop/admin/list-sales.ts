import { readFigures } from '../../db/figures.ts'
import type { App } from '../app.ts'
import { type Report, reportOf } from './figures.ts'
import { dayIn, lastDays } from './period.ts'

/** What was sold, paid back, begun and clicked in the last so many days, day by day of the shop's own calendar. */
export async function listSales(app: Pick<App, 'db' | 'now' | 'shop'>, days: number): Promise<Report> {
  const { timeZone } = app.shop
  const period = lastDays(days, dayIn(timeZone, app.now()))
  const measures = ['sale', 'refund', 'lost_dispute', 'checkout', 'click'] as const
  return reportOf(await readFigures(app.db, { measures: [...measures], period, timeZone }), period)
}
