import { joinDays, type Report } from '../../../../shop/admin/figures.ts'
import { PERIODS } from '../../../../shop/admin/period.ts'
import { adminTodayWords as words } from '../../../_data/admin-today-words.ts'
import { element } from '../element.ts'
import { ask } from './ask.ts'
import { drawFigures } from './draw-figures.ts'
import { drawTotals } from './draw-totals.ts'
import { timeZone } from './page.ts'
import { placeUrl, type View } from './view.ts'

/** What the shop has sold, begun and recommended lately. */
export const showToday: View = async (stage) => {
  const wished = Number(stage.place.wishes.get('days'))
  const days = PERIODS.find((one) => one === wished) ?? 30
  const report = await ask<Report>('/admin_today', { days })
  stage.show([
    element('h2', { textContent: words.title, tabIndex: -1 }),
    drawTotals(words.today, joinDays(report.days.slice(-1))),
    drawPeriods(days),
    drawTotals(words.inAll(days), report.total),
    ...drawFigures(report),
    element('p', { className: 'hint', textContent: words.zone(timeZone) }),
  ])
}

function drawPeriods(chosen: number): HTMLElement {
  const links = PERIODS.map((days) => {
    const link = element('a', {
      href: placeUrl('today', '', { days: String(days) }),
      textContent: words.periods[days] ?? '',
    })
    if (days === chosen) link.setAttribute('aria-current', 'true')
    return link
  })
  const nav = element('nav', { className: 'choices' }, links)
  nav.setAttribute('aria-label', words.period)
  return nav
}
