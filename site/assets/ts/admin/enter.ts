import { handleForm, type Refusal, type Typed } from '../purchases/form.ts'
import { prepareIdentity, sayProblem, useIdentity } from '../purchases/use-identity.ts'
import { lead, show } from './page.ts'

/** Asks for the address and the password of an account. */
export function showEnter(): void {
  const template = document.getElementById('enter') as HTMLTemplateElement
  const form = template.content.firstElementChild?.cloneNode(true) as HTMLFormElement
  show([form])
  handleForm(form, signIn)
  form.addEventListener('focusin', prepareIdentity, { once: true })
  lead()
}

/** The page loads anew: see purchases/identity.ts for why. */
async function signIn({ email, password }: Typed): Promise<Refusal | null> {
  const problem = await useIdentity((identity) => identity.signIn(email, password))
  if (problem) return sayProblem(problem)
  location.reload()
  return null
}
