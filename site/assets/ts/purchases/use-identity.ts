import { purchaseWords as words } from '../../../_data/purchase-words.ts'
import type { Refusal } from './form.ts'
import { type IdentityProblem, identityProblem } from './identity-problem.ts'

type Identity = typeof import('./identity.ts')

/** Fetches the library ahead of its use. */
export function prepareIdentity(): void {
  // If it fails now, it fails again where somebody waits for it, and is said there.
  import('./identity.ts').catch(() => undefined)
}

/** Lets Identity do something. @returns what went wrong, or `null` */
export async function useIdentity(work: (identity: Identity) => Promise<void>): Promise<IdentityProblem | null> {
  try {
    await work(await import('./identity.ts'))
    return null
  } catch (error) {
    return identityProblem(error)
  }
}

/** Says a problem where it belongs: beside its field, or above the button. */
export function sayProblem({ kind, reason }: IdentityProblem, ways: Refusal['ways'] = []): Refusal {
  if (kind === 'weak') return { field: 'password', text: words.problem.weak(reason), ways }
  const text = words.problem[kind]
  if (kind === 'wrong') return { field: 'password', text, ways }
  if (kind === 'taken' || kind === 'bad-email') return { field: 'email', text, ways }
  return { text, ways }
}
