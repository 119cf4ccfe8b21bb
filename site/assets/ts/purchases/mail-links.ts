import { purchaseWords as words } from '../../../_data/purchase-words.ts'
import type { ShopAnswer } from '../ask-shop.ts'
import { askPortal } from './ask-portal.ts'
import { sayDuration } from './say-duration.ts'
import { announce } from './stage.ts'

const DAY_SECONDS = 86_400

/** Has the links of an order mailed to its address, once in 24 hours; the outcome is said in the element after the button. */
export async function mailLinks(button: HTMLButtonElement, order: string, over: () => void): Promise<void> {
  const note = button.nextElementSibling as HTMLElement
  if (button.ariaBusy === 'true') return
  button.ariaBusy = 'true'
  note.textContent = words.busy
  const answer = await askPortal('/send_purchase_links', { order_id: order })
  button.ariaBusy = 'false'
  note.textContent = sayOutcome(answer)
  announce(note.textContent)
  if (answer?.status === 401) over()
}

function sayOutcome(answer: ShopAnswer | null): string {
  if (answer === null) return words.problem.offline
  if (answer.status === 202) return words.order.mailed
  if (answer.status !== 429) return words.order.mailFailed
  const seconds = Number(answer.retryAfter ?? DAY_SECONDS)
  const wait = Number.isFinite(seconds) ? Math.max(seconds, 1) : DAY_SECONDS
  return words.order.mailedBefore(sayDuration(wait, document.documentElement.lang))
}
