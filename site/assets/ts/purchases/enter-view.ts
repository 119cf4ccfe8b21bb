import { purchaseWords as words } from '../../../_data/purchase-words.ts'
import { askShop } from '../ask-shop.ts'
import { handleForm, type Refusal, type Typed } from './form.ts'
import type { IdentityProblem } from './identity-problem.ts'
import { reloadSaying } from './said.ts'
import { showSent } from './sent-view.ts'
import { leadToHeading, say, showView } from './stage.ts'
import { prepareIdentity, sayProblem, useIdentity } from './use-identity.ts'

/** Offers both ways in: a link by mail, and an account. */
export function showEnter(): void {
  const place = showView('enter')
  const [link, account] = ['link', 'account'].map((name) => place.querySelector<HTMLFormElement>(`[data-form=${name}]`))
  if (link) handleForm(link, mailLink)
  if (account) {
    handleForm(account, signIn)
    account.addEventListener('focusin', prepareIdentity, { once: true })
  }
  leadToHeading()
}

/** Asks for a link to all orders of an address; the answer is the same whether there are any. */
export async function mailLink({ email }: Typed): Promise<Refusal | null> {
  const answer = await askShop('/send_portal_link', { email })
  if (answer?.status === 202) showSent({ kind: 'link', email })
  switch (answer?.status) {
    case 202:
      return null
    case undefined:
      return { text: words.problem.offline }
    case 400:
      return { field: 'email', text: words.field.emailBad }
    case 404:
      return { text: words.problem.linksOff }
    case 429:
      return { text: words.problem['too-many'] }
    default:
      return { text: words.problem.busy }
  }
}

async function signIn(typed: Typed): Promise<Refusal | null> {
  const problem = await useIdentity((identity) => identity.signIn(typed.email, typed.password))
  if (problem) return sayProblem(problem, waysOut(problem, typed))
  reloadSaying('signed-in')
  return null
}

function waysOut({ kind }: IdentityProblem, typed: Typed): NonNullable<Refusal['ways']> {
  if (kind !== 'unconfirmed') return []
  return [{ label: words.way.sendAgain, does: () => void sendConfirmation(typed) }]
}

/** Signing up once more is how Identity sends the mail again; the account keeps its password. */
async function sendConfirmation({ email, password }: Typed): Promise<void> {
  const again = async () => {
    const problem = await useIdentity(async (identity) => void (await identity.signUp(email, password)))
    return problem && sayProblem(problem).text
  }
  showSent({ kind: 'confirmation', email, again })
  const problem = await again()
  if (problem) say(problem)
}
