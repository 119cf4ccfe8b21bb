import { purchaseWords as words } from '../../_data/purchase-words.ts'
import { showAccountForm } from './purchases/account-views.ts'
import { readArrival } from './purchases/arrival.ts'
import { showArrival } from './purchases/arrival-view.ts'
import { showDelete } from './purchases/delete-view.ts'
import { showEnter } from './purchases/enter-view.ts'
import { watchLinkVisit } from './purchases/link-visit.ts'
import { showOrders } from './purchases/orders-view.ts'
import { showReceipt } from './purchases/receipt-view.ts'
import { reloadSaying, takeSaid } from './purchases/said.ts'
import { watchSession } from './purchases/session.ts'
import { showLoading } from './purchases/show-loading.ts'
import { signOut } from './purchases/sign-out.ts'
import { say } from './purchases/stage.ts'
import { showStop } from './purchases/stop-view.ts'
import { askPurchases, endVisit, mayHaveVisit, type Visit } from './purchases/visit.ts'

const RECEIPT = /^#receipt-(\w+)$/

let visit: Visit | null = null
/** The order whose receipt is on the page. */
let shownReceipt: string | null = null
/** What was done before the page was loaded anew, until there is a view to say it above. */
let toSay = takeSaid()

const arrival = readArrival(location, history.state)
if (arrival) {
  // The token leaves the address before anything is requested, since it opens the orders to whoever reads it there.
  history.replaceState({ arrival }, '', '/purchases/')
  showArrival(arrival)
} else show()
addEventListener('hashchange', show)
addEventListener('pageshow', ({ persisted }) => {
  // A page that comes back from the browser's memory may show orders whose visit has ended meanwhile.
  if (persisted) location.reload()
})
watchSession(changedElsewhere)
watchLinkVisit(changedElsewhere)

/** Shows what the address asks for, to whoever is here. */
function show(): void {
  if (visit) showVisit(visit)
  else if (mayHaveVisit()) void load()
  else showWaysIn()
}

function showWaysIn(): void {
  if (location.hash === '#sign-up') showAccountForm('sign-up')
  else if (location.hash === '#forgot') showAccountForm('forgot')
  else showEnter()
  sayNow()
}

function showVisit(visit: Visit): void {
  const asked = RECEIPT.exec(location.hash)?.[1]
  const order = visit.orders.find(({ id }) => id === asked)
  const from = shownReceipt
  shownReceipt = order?.id ?? null
  if (order) showReceipt(order, visit.email)
  else if (location.hash === '#delete-account' && visit.via === 'account') showDelete(visit.email, endHere)
  else showOrders(visit, endHere, from)
  sayNow()
}

async function load(): Promise<void> {
  showLoading()
  const answer = await askPurchases(null)
  if (answer.kind === 'page') {
    visit = answer.page
    showVisit(visit)
  } else if (answer.kind === 'nobody') {
    endVisit()
    toSay ??= words.said['session-over']
    showWaysIn()
  } else showStop(answer, { again: () => void load(), signOut: () => void signOut() })
}

function sayNow(): void {
  if (toSay !== null) say(toSay)
  toSay = null
}

function endHere(): void {
  endVisit()
  reloadSaying('session-over')
}

/** Another tab has signed in or out: this one follows, so that nobody finds orders on a screen that was left. */
function changedElsewhere(isOpen: boolean): void {
  if (isOpen && !visit && !arrival) location.reload()
  if (!isOpen && visit) reloadSaying('signed-out-elsewhere')
}
