import { askOrder, type TimedAnswer } from './ask-order.ts'
import { drawOrder, type Leads, renewLinks } from './draw-order.ts'
import { renewalTime } from './link-lifetime.ts'
import { nextLook } from './next-look.ts'
import { type OrderReference, readOrderReference } from './order-reference.ts'
import { orderView, type Standing } from './order-view.ts'

const NEVER = Number.POSITIVE_INFINITY
/** However short links live, they are not renewed more often than this. */
const MIN_RENEWAL_MS = 5_000

const place = document.getElementById('order') as HTMLElement
/** Tells a screen reader how things stand, in two sentences: the whole list of files would be too much at once. */
const status = document.getElementById('order-status') as HTMLElement
const locale = document.documentElement.lang
const started = Date.now()
const reference = readOrderReference(location.search, history.state)
const leads: Leads = { retry: () => void lookAgain(), store: '/store/', write: `mailto:${place.dataset.support}` }

let asked = 0
let timer: ReturnType<typeof setTimeout> | undefined
let asking: Promise<void> | undefined
let drawn = ''
/** When the links on the page must be renewed, on this device's clock; `NEVER` while there are none. */
let renewAt = NEVER

if (reference) begin(reference)
else show({ kind: 'no-reference' })

/** The reference leaves the address before anything is requested, since it opens the order to whoever reads it there. */
function begin(order: OrderReference): void {
  history.replaceState(order, '', '/success/')
  addEventListener('online', () => void look())
  document.addEventListener('visibilitychange', renewIfDue)
  place.addEventListener('click', (event) => void freshenClick(event))
  void look()
}

/** One question at a time: whoever else wants to know waits for the same answer. */
function look(): Promise<void> {
  asking ??= ask().finally(() => {
    asking = undefined
  })
  return asking
}

async function ask(): Promise<void> {
  if (!reference) return
  clearTimeout(timer)
  asked += 1
  take(await askOrder(reference))
}

function take({ answer, date, at }: TimedAnswer): void {
  const waits = nextLook(answer, asked, waitedSeconds())
  if (waits !== null) timer = setTimeout(() => void look(), waits * 1000)
  // Links that are on the page stay there while the shop or the connection is away: most of them still work.
  if (waits === null || renewAt === NEVER) show(answer)
  if (answer.kind === 'refused') renewAt = NEVER
  if (answer.kind !== 'paid' || answer.downloads.length === 0) return
  renewAt = renewalTime(answer.downloads, { date, at })
  timer = setTimeout(lookIfSeen, Math.max(renewAt - Date.now(), MIN_RENEWAL_MS))
}

/** Drawn only when something changed, so that a screen reader is not told the same thing at every look. */
function show(standing: Standing): void {
  const view = orderView(standing, waitedSeconds(), locale)
  const said = JSON.stringify({ ...view, files: view.files.map((file) => ({ ...file, url: '' })) })
  if (said === drawn) renewLinks(place, view.files)
  else {
    drawOrder(place, view, leads)
    status.textContent = `${view.title} ${view.text}`
  }
  drawn = said
}

/** Nobody needs links in a tab that is in the background: it gets them when it comes back. */
function lookIfSeen(): void {
  if (!document.hidden) void look()
}

function renewIfDue(): void {
  if (Date.now() >= renewAt) lookIfSeen()
}

/** A click on a link that has run out, on a device that slept, gets a new one first. */
async function freshenClick(event: MouseEvent): Promise<void> {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('.downloads a') : null
  if (!link || Date.now() < renewAt) return
  event.preventDefault()
  await look()
  if (Date.now() < renewAt && link.isConnected) location.assign(link.href)
  else if (link.isConnected) lookAgain()
}

function lookAgain(): Promise<void> {
  renewAt = NEVER
  show({ kind: 'looking' })
  return look()
}

function waitedSeconds(): number {
  return (Date.now() - started) / 1000
}
