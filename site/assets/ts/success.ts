import { canCorrect, showAddress, startAddress } from './address-section.ts'
import { askOrder, type TimedAnswer } from './ask-order.ts'
import type { Leads } from './draw-actions.ts'
import { complain, whileBusy } from './draw-form.ts'
import { leadFocus } from './draw-order.ts'
import { type Answered, renewalTime } from './link-lifetime.ts'
import { nextLook } from './next-look.ts'
import type { OrderAnswer } from './order-answer.ts'
import { ORDER_PAID } from './order-paid.ts'
import { readOrderReference } from './order-reference.ts'
import { locale, place, showOrder, support } from './order-stage.ts'
import { orderView, type Standing } from './order-view.ts'
import { type ProofStep, readProofStep } from './proof-step.ts'
import { type ProofOutcome, proveAddress, proveCode } from './prove-buyer.ts'

const NEVER = Number.POSITIVE_INFINITY
/** However short links live, they are not renewed more often than this. */
const MIN_RENEWAL_MS = 5_000
/** A mail that cannot arrive has often come back by then, while its buyer may still correct the address. */
const BOUNCE_MS = 20_000

const started = Date.now()
const leads: Leads = {
  retry: () => void lookAgain(),
  store: '/store/',
  purchases: '/purchases/',
  write: support,
  resend: (button) => step && void prove(proveAddress, step.email, button),
  other: () => goTo(undefined),
}

let reference = readOrderReference(location.search, history.state)
/** Where the buyer stands who has to prove to be one. */
let step = readProofStep(history.state, Date.now())
let answered: Standing = reference ? { kind: 'looking' } : { kind: 'no-reference' }
let asked = 0
let lookedAt = 0
let timer: ReturnType<typeof setTimeout> | undefined
let asking: Promise<void> | undefined
let isProving = false
/** When the links on the page must be renewed, on this device's clock; `NEVER` while there are none. */
let renewAt = NEVER
/** How often the address was corrected: an answer to a question from before is about links that are dead. */
let corrections = 0

if (reference) begin()
else show(answered)

/** The reference leaves the address before anything is requested, since it opens the order to whoever reads it there. */
function begin(): void {
  remember()
  // What is being typed into a form must not be taken away.
  addEventListener('online', () => place.querySelector('form') || void look())
  document.addEventListener('visibilitychange', lookOnReturn)
  place.addEventListener('click', (event) => void freshenClick(event))
  place.addEventListener('submit', submit)
  startAddress({ session: () => (reference && 'session_id' in reference ? reference.session_id : null), renew })
  void look()
}

function remember(): void {
  const kept = step?.kind === 'code-sent' ? { email: step.email, sentAt: step.sentAt } : {}
  history.replaceState({ ...reference, ...kept }, '', '/success/')
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
  lookedAt = Date.now()
  const before = corrections
  const answer = await askOrder(reference)
  if (before === corrections) take(answer)
}

/** The address was corrected: every older link is dead, and a click gets a new one first until there are new ones. */
async function renew(): Promise<void> {
  corrections += 1
  renewAt = 0
  await asking
  await look()
}

function take({ answer, ...answeredAt }: TimedAnswer): void {
  const waits = nextLook(answer, asked, waitedSeconds())
  if (waits !== null) timer = setTimeout(() => void look(), waits * 1000)
  answered = answer
  // Links that are on the page stay there while the shop or the connection is away: most of them still work.
  if (waits === null || renewAt === NEVER) show(wantsProof(answer) && step ? step : answer)
  if (answer.kind === 'paid') takeLinks(answer, answeredAt)
  else if (waits === null) renewAt = NEVER
  // A receipt's link may be opened long after, when the same product is in the basket once more.
  if (answer.kind === 'paid' && reference && 'session_id' in reference)
    dispatchEvent(new CustomEvent(ORDER_PAID, { detail: answer.order }))
}

function takeLinks(answer: OrderAnswer & { kind: 'paid' }, answeredAt: Answered): void {
  const isFirst = renewAt === NEVER
  showAddress(answer, answeredAt)
  renewAt = answer.downloads.length ? renewalTime(answer.downloads, answeredAt) : NEVER
  const due = isFirst && canCorrect() ? Math.min(renewAt, Date.now() + 3 * BOUNCE_MS) : renewAt
  if (due < NEVER) timer = setTimeout(lookIfSeen, Math.max(due - Date.now(), MIN_RENEWAL_MS))
}

function wantsProof(answer: Standing): boolean {
  return answer.kind === 'refused' && (answer.state === 'verify_email' || answer.state === 'link_expired')
}

function show(standing: Standing): void {
  showOrder(orderView(standing, waitedSeconds(), locale), leads)
}

function submit(event: SubmitEvent): void {
  event.preventDefault()
  const [input, button] = [place.querySelector('input'), place.querySelector<HTMLButtonElement>('form button')]
  if (input && button) void prove(input.name === 'code' ? proveCode : proveAddress, input.value, button)
}

/** One proof at a time: whoever presses twice sends once. */
async function prove(by: typeof proveCode, typed: string, button: HTMLButtonElement): Promise<void> {
  if (isProving || !reference) return
  isProving = true
  complain(place, '')
  settle(await whileBusy(button, by({ typed, order: reference, step, locale })))
  isProving = false
}

function settle(outcome: ProofOutcome): void {
  if ('problem' in outcome) complain(place, outcome.problem)
  else if ('step' in outcome) goTo(outcome.step)
  else open(outcome.access)
}

/** From here on the page knows the order by the reference that the code was exchanged for, also after a reload. */
function open(access: string): void {
  reference = { access }
  step = undefined
  remember()
  void lookAgain()
  leadFocus(place)
}

function goTo(next: ProofStep | undefined): void {
  step = next
  remember()
  show(step ?? answered)
  leadFocus(place)
}

/** Nobody needs links in a tab that is in the background: it gets them when it comes back. */
function lookIfSeen(): void {
  if (!document.hidden) void look()
}

/** Who comes back from an empty mailbox is told at once if the mail could not arrive. */
function lookOnReturn(): void {
  const mayHaveBounced = canCorrect() && Date.now() >= lookedAt + BOUNCE_MS
  if (Date.now() >= renewAt || mayHaveBounced) lookIfSeen()
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
