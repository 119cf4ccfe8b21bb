import { purchaseWords as words } from '../../../_data/purchase-words.ts'
import { handleForm, type Refusal, type Typed } from './form.ts'
import { reloadSaying } from './said.ts'
import { showSent } from './sent-view.ts'
import { leadToHeading, showView } from './stage.ts'
import { prepareIdentity, sayProblem, useIdentity } from './use-identity.ts'

/** Offers a new account, or a link for a new password. */
export function showAccountForm(name: 'sign-up' | 'forgot'): void {
  const form = showView(name).querySelector<HTMLFormElement>('form')
  if (!form) return
  handleForm(form, name === 'sign-up' ? signUp : recover)
  prepareIdentity()
  leadToHeading()
}

async function signUp(typed: Typed): Promise<Refusal | null> {
  let isConfirmed = false
  const create = async () =>
    useIdentity(async (identity) => {
      isConfirmed = await identity.signUp(typed.email, typed.password)
    })
  const problem = await create()
  if (problem?.kind === 'taken') return sayProblem(problem, waysToSignIn())
  if (problem) return sayProblem(problem)
  if (isConfirmed) return enterAtOnce(typed)
  const again = async () => {
    const failed = await create()
    return failed && sayProblem(failed).text
  }
  showSent({ kind: 'confirmation', email: typed.email, again })
  return null
}

function waysToSignIn(): NonNullable<Refusal['ways']> {
  return [
    { label: words.way.signIn, does: '#enter' },
    { label: words.way.newPassword, does: '#forgot' },
  ]
}

/** With Identity's autoconfirm nobody is signed in by signing up. The shop then shows no orders, and says so itself. */
async function enterAtOnce({ email, password }: Typed): Promise<Refusal | null> {
  const problem = await useIdentity((identity) => identity.signIn(email, password))
  if (problem) return sayProblem(problem)
  reloadSaying('signed-in')
  return null
}

/** Says the same whether there is such an account: Identity's "too often" would tell that there is one. */
async function recover({ email }: Typed): Promise<Refusal | null> {
  const problem = await useIdentity((identity) => identity.askForRecovery(email))
  if (problem && problem.kind !== 'too-many') return sayProblem(problem)
  showSent({ kind: 'recovery', email })
  return null
}
