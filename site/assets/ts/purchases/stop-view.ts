import { purchaseWords as words } from '../../../_data/purchase-words.ts'
import { showNotice } from './notice-view.ts'
import type { PurchasesAnswer } from './purchases-answer.ts'
import { sayDuration } from './say-duration.ts'
import { supportLink } from './stage.ts'

type Stop = PurchasesAnswer & { kind: 'unconfirmed' | 'busy' | 'offline' }
type Leads = { again: () => void; signOut: () => void }

const OFFLINE_SECONDS = 30

/** Says why there is no list. Where waiting helps, the page tries again by itself. */
export function showStop(stop: Stop, { again, signOut }: Leads): void {
  if (stop.kind === 'unconfirmed') {
    const { title, text } = words.stop.unconfirmed
    const ways = [
      { label: words.way.again, does: again },
      { label: words.way.signOut, does: signOut },
    ]
    showNotice({ title, texts: [text, words.sent.spam], ways, tone: 'attention' })
    return
  }
  const seconds = stop.kind === 'busy' ? stop.retrySeconds : OFFLINE_SECONDS
  const { title, text } = stop.kind === 'busy' ? words.stop.busy(sayTime(seconds)) : words.stop.offline
  const ways = [
    { label: words.way.again, does: again },
    { label: words.way.write, does: supportLink },
  ]
  showNotice({ title, texts: [text], ways, tone: 'wait' })
  tryLater(seconds, again)
}

function sayTime(seconds: number): string {
  return sayDuration(seconds, document.documentElement.lang)
}

/** Whichever comes first: the time, or the connection. */
function tryLater(seconds: number, again: () => void): void {
  const shown = document.querySelector('.notice-view')
  const ended = new AbortController()
  const goOn = () => {
    ended.abort()
    clearTimeout(timer)
    if (shown?.isConnected) again()
  }
  const timer = setTimeout(goOn, seconds * 1000)
  addEventListener('online', goOn, { signal: ended.signal })
}
