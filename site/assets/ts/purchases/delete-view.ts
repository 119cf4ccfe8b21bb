import { purchaseWords as words } from '../../../_data/purchase-words.ts'
import { askPortal } from './ask-portal.ts'
import { handleForm, type Refusal } from './form.ts'
import { reloadSaying } from './said.ts'
import { leadToHeading, showView } from './stage.ts'
import { endVisit } from './visit.ts'

/** Deletes the account once its address has been typed. */
export function showDelete(email: string, over: () => void): void {
  const form = showView('delete-account').querySelector<HTMLFormElement>('form')
  const label = form?.querySelector('label')
  if (!form || !label) return
  label.textContent = words.deleteLabel(email)
  handleForm(form, async (typed): Promise<Refusal | null> => {
    if (typed.email.toLowerCase() !== email.toLowerCase()) return { field: 'email', text: words.field.mismatch }
    const answer = await askPortal('/delete_account', { confirm: true })
    if (answer?.status === 401) over()
    if (answer === null) return { text: words.problem.offline }
    if (answer.status !== 200) return { text: words.problem.busy }
    endVisit()
    reloadSaying('deleted')
    return null
  })
  leadToHeading()
}
