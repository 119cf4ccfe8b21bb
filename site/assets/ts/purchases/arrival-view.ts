import { purchaseWords as words } from '../../../_data/purchase-words.ts'
import { askShop } from '../ask-shop.ts'
import type { Arrival } from './arrival.ts'
import { handleForm, type Refusal, type Typed } from './form.ts'
import type { IdentityProblem } from './identity-problem.ts'
import { beginLinkVisit } from './link-visit.ts'
import { type Notice, showNotice } from './notice-view.ts'
import { reloadSaying } from './said.ts'
import { leadToHeading, mailsLinks, showView } from './stage.ts'
import { prepareIdentity, sayProblem, useIdentity } from './use-identity.ts'

/** Asks the reader to press a button before a mail's link is used up: programs that look through mails open links too. */
export function showArrival(arrival: Arrival): void {
  const form = showView(arrival.kind).querySelector<HTMLFormElement>('form')
  if (!form) return
  if (arrival.kind !== 'link') prepareIdentity()
  handleForm(form, useOnce(arrival))
  leadToHeading()
}

function useOnce(arrival: Arrival): (typed: Typed) => Promise<Refusal | null> {
  switch (arrival.kind) {
    case 'link':
      return () => openLink(arrival.token)
    case 'recovery':
      return changePassword(arrival)
    case 'invite':
      return ({ password }) => spend((identity) => identity.join(arrival.token, password), arrival)
    case 'confirmation':
    case 'email_change':
      return () => spend((identity) => identity.spend(arrival), arrival)
  }
}

async function openLink(token: string): Promise<Refusal | null> {
  const answer = await askShop('/open_portal_link', { token })
  switch (answer?.status) {
    case 200:
      beginLinkVisit()
      history.replaceState(null, '', '/purchases/')
      location.reload()
      return null
    case undefined:
      return { text: words.problem.offline }
    case 400:
    case 401:
    case 404:
    case 410:
      showOver('link')
      return null
    case 429:
      return { text: words.problem['too-many'] }
    default:
      return { text: words.problem.busy }
  }
}

/** The token is spent once, however often Identity refuses the password that is typed. */
function changePassword(arrival: Arrival): (typed: Typed) => Promise<Refusal | null> {
  let isSpent = false
  return ({ password }) =>
    spend(async (identity) => {
      if (!isSpent) await identity.spend(arrival)
      isSpent = true
      await identity.setPassword(password)
    }, arrival)
}

type Work = Parameters<typeof useIdentity>[0]

const DONE = {
  confirmation: 'confirmed',
  recovery: 'password-changed',
  invite: 'signed-in',
  email_change: 'email-changed',
} as const

async function spend(work: Work, { kind }: Arrival): Promise<Refusal | null> {
  const problem = await useIdentity(work)
  if (problem?.kind === 'link-over') showOver(kind)
  if (problem) return problem.kind === 'link-over' ? null : sayProblem(problem, waysOn(problem))
  if (kind !== 'link') reloadSaying(DONE[kind])
  return null
}

function waysOn({ kind }: IdentityProblem): NonNullable<Refusal['ways']> {
  return kind === 'signed-out' ? [{ label: words.way.signIn, does: '#enter' }] : []
}

const OVER: Record<Arrival['kind'], keyof typeof words.stop> = {
  link: 'link-over',
  confirmation: 'confirm-over',
  invite: 'confirm-over',
  recovery: 'recovery-over',
  email_change: 'email-change-over',
}

function showOver(kind: Arrival['kind']): void {
  history.replaceState(null, '', '/purchases/')
  const said = words.stop[OVER[kind]] as { title: string; text: string }
  showNotice({ title: said.title, texts: [said.text], ways: waysFrom(kind), tone: 'attention' })
}

function waysFrom(kind: Arrival['kind']): Notice['ways'] {
  if (kind === 'link' && mailsLinks) return [{ label: words.way.newLink, does: '#enter' }]
  if (kind === 'recovery') return [{ label: words.way.newLink, does: '#forgot' }]
  return [{ label: words.way.signIn, does: '#enter' }]
}
