import type { TimelineEntry } from '../../../../shop/orders/order-timeline.ts'
import { adminOrderWords as words } from '../../../_data/admin-order-words.ts'
import { element } from '../element.ts'
import { sayMoment, sayMoney } from './format.ts'

/** Draws what happened to an order, oldest first. */
export function drawTimeline(entries: TimelineEntry[], currency: string): HTMLElement {
  return element(
    'ol',
    { className: 'timeline', role: 'list' },
    entries.map((entry) => drawEntry(entry, currency)),
  )
}

function drawEntry(entry: TimelineEntry, currency: string): HTMLElement {
  const time = element('time', { dateTime: entry.at, textContent: sayMoment(entry.at) })
  const [title, ...others] = tell(entry, currency)
  const strong = element('strong', { textContent: title ?? '' })
  const rest = others.filter(Boolean).map((text) => element('span', { textContent: text }))
  return element('li', { className: `entry entry-${entry.kind}` }, [time, element('p', {}, [strong, ...rest])])
}

/** What happened, and what else is known about it. */
function tell({ kind, about, state, detail, amount }: TimelineEntry, currency: string): string[] {
  const money = sayMoney(amount ?? 0, currency)
  const standing = words.standing[state] ?? state
  switch (kind) {
    case 'order':
      return [words.event.order, about]
    case 'paid':
      return [words.event.paid(money), about]
    case 'mail':
      return [`${words.event.mail}: ${words.mails[about] ?? about}`, standing, detail]
    case 'download':
      return [`${words.event.download}: ${about}`, words.version(state), detail]
    case 'change':
      return [`${words.event.change}: ${words.changes[about] ?? about}`, detail, words.by(state)]
    case 'refund':
      return [words.event.refund(money), standing, about]
    case 'request':
      return [words.event.request(money), standing, words.by(about), detail]
    case 'dispute':
      return [words.event.dispute(money), standing, detail, about]
    case 'event':
    case 'job':
      return [words.event[kind], standing, about, detail]
  }
}
